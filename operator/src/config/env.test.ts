import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './env';

const good = {
  KUBECONFIG: '/etc/kubeconfig',
  POLICY_URL: 'http://127.0.0.1:8181/',
  ARTIFACT_BUCKET: 'agentworkloads',
};

function problems(env: Record<string, string | undefined>): string {
  try {
    loadConfig({ ...good, ...env });
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('the environment', () => {
  it('has sensible values for what is left out', () => {
    expect(loadConfig(good)).toEqual({
      kubeconfig: '/etc/kubeconfig',
      watchNamespaces: [],
      policy: { kind: 'opa', url: 'http://127.0.0.1:8181' },
      health: { host: '127.0.0.1', port: 8081 },
      logLevel: 'info',
      systemNamespace: 'agentworkloads-system',
      leaderElection: false,
      accounts: {
        operator:
          'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
        argo: ['system:serviceaccount:argo:argo'],
      },
      artifactBucket: 'agentworkloads',
      argoInstanceId: '',
      argoWorkflowDefaults: {},
      workers: 16,
      rate: { perSecond: 200, burst: 400 },
      limits: {
        requestMs: 30_000,
        listMs: 60_000,
        policyMs: 5_000,
        passMs: 60_000,
      },
      resyncMs: 36_000_000,
    });
  });

  it('is taken as it is set', () => {
    expect(
      loadConfig({
        ...good,
        KUBECONFIG: '',
        KUBERNETES_SERVICE_HOST: '10.0.0.1',
        WATCH_NAMESPACES: 'a, b,,a',
        POLICY_URL: undefined,
        POLICY_WASM_DIR: '/policies',
        HEALTH_LISTEN: '0.0.0.0:0',
        LOG_LEVEL: 'debug',
        SYSTEM_NAMESPACE: 'ops',
        LEADER_ELECTION: 'on',
        ARGO_INSTANCE_ID: 'team-a',
        ARGO_WORKFLOW_DEFAULTS: '{"podGC":{}}',
        WORKERS: '1',
        KUBE_QPS: '0',
        REQUEST_TIMEOUT: '5s',
        RESYNC: '1h',
      }),
    ).toMatchObject({
      kubeconfig: '',
      watchNamespaces: ['a', 'b'],
      policy: { kind: 'wasm', dir: '/policies' },
      health: { host: '0.0.0.0', port: 0 },
      logLevel: 'debug',
      systemNamespace: 'ops',
      leaderElection: true,
      argoInstanceId: 'team-a',
      argoWorkflowDefaults: { podGC: {} },
      workers: 1,
      rate: { perSecond: 0, burst: 400 },
      limits: { requestMs: 5_000 },
      resyncMs: 3_600_000,
    });
  });

  it('with many problems names them all', () => {
    const message = problems({
      KUBECONFIG: undefined,
      WATCH_NAMESPACES: 'Not_A_Namespace',
      POLICY_WASM_DIR: '/policies',
      HEALTH_LISTEN: 'everywhere',
      LOG_LEVEL: 'loud',
      ARTIFACT_BUCKET: '',
      ARGO_WORKFLOW_DEFAULTS: 'spec: {}',
    });
    for (const word of [
      'KUBECONFIG',
      'Not_A_Namespace',
      'exactly one',
      'HEALTH_LISTEN',
      'LOG_LEVEL',
      'ARTIFACT_BUCKET',
      'workflowDefaults.spec',
    ]) {
      expect(message).toContain(word);
    }
    expect(message.split('\n')).toHaveLength(8);
  });

  it.each([
    ['POLICY_URL', 'ftp://opa'],
    ['POLICY_URL', 'http://user:pass@opa'],
    ['POLICY_URL', 'http://opa/v1/data'],
    ['HEALTH_LISTEN', '127.0.0.1:70000'],
    ['ARGO_INSTANCE_ID', 'team a'],
    ['LEADER_ELECTION', 'perhaps'],
    ['WORKERS', '0'],
    ['WORKERS', '1.5'],
    ['KUBE_QPS', 'fast'],
    ['PASS_TIMEOUT', '10'],
    ['REQUEST_TIMEOUT', '0s'],
    ['SYSTEM_NAMESPACE', 'A B'],
  ])('refuses %s=%s', (name, value) => {
    expect(problems({ [name]: value })).toContain(name);
  });

  it('never repeats a value that may hold a secret', () => {
    expect(problems({ POLICY_URL: 'http://user:hunter2@opa' })).not.toContain(
      'hunter2',
    );
  });

  it('needs one of the two policies', () => {
    expect(problems({ POLICY_URL: undefined })).toContain('exactly one');
  });

  it('takes the accounts as they are called here', () => {
    const { accounts } = loadConfig({
      ...good,
      OPERATOR_ACCOUNT: 'system:serviceaccount:x:op',
      ARGO_ACCOUNT:
        'system:serviceaccount:a:argo, system:serviceaccount:b:argo',
    });
    expect(accounts).toEqual({
      operator: 'system:serviceaccount:x:op',
      argo: ['system:serviceaccount:a:argo', 'system:serviceaccount:b:argo'],
    });
  });

  it.each([
    ['OPERATOR_ACCOUNT', 'one, two'],
    ['OPERATOR_ACCOUNT', 'with "quotes"'],
    ['ARGO_ACCOUNT', 'one,,two'],
  ])('refuses %s %s', (name, value) => {
    expect(() => loadConfig({ ...good, [name]: value })).toThrow(name);
  });
});
