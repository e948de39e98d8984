import { LABELS } from '@agentworkloads/api';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { KubernetesObject } from '@agentworkloads/kube';

export const NAMESPACE = 'agentworkloads';
export const WORKFLOW_UID = '0f4f2f34-0000-4000-8000-000000000001';
export const EVIDENCE = 'e'.repeat(64);
export const NODE_ID = 'tidepool-1-aw-3141592653';

/** What the operator records of a run whose pages were seen for "monday". */
export const SEEN_ON_MONDAY = {
  name: 'monday',
  workflowUid: 'w',
  seenAt: '2026-11-16T08:00:00Z',
  seenIn: 'monday',
  seenInWorkflow: 'uid-of-monday',
  artifacts: { manifest: { bucket: 'b', key: 'k', sha256: 'a'.repeat(64) } },
};

/** Each person of the catalog has the same name in the cluster, and no group has one. */
export const NOBODY_MAPPED = new IdentityMapper({ users: [], groups: [] });

/** A run that bob asked for. */
export function workload(
  name = 'tidepool-1',
  options: {
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
    uid?: string;
    namespace?: string;
  } = {},
): KubernetesObject {
  return {
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentWorkload',
    metadata: {
      name,
      namespace: options.namespace ?? NAMESPACE,
      uid: options.uid ?? `uid-of-${name}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ manager: 'kubectl' }],
    },
    spec: {
      objective: 'Plans and prices of Tidepool',
      targetUrls: [
        'https://tidepool.example.com/pricing',
        'https://tidepool.example.com/',
      ],
      entityRef: 'component:default/tidepool',
      requestedBy: { username: 'bob' },
      ...options.spec,
    },
    ...(options.status ? { status: options.status } : {}),
  };
}

/** The same, with its gate open. */
export function waiting(
  name = 'tidepool-1',
  options: { fourEyes?: boolean; requestedBy?: string } = {},
): KubernetesObject {
  return workload(name, {
    spec: {
      gate: { mode: 'human', fourEyes: options.fourEyes ?? false },
      requestedBy: { username: options.requestedBy ?? 'bob' },
    },
    status: {
      phase: 'AwaitingApproval',
      argoWorkflow: {
        name: `${name}-aw`,
        namespace: NAMESPACE,
        uid: WORKFLOW_UID,
        startedAt: '2026-01-01T00:00:01Z',
      },
      gate: {
        mode: 'human',
        fourEyes: options.fourEyes ?? false,
        nodeId: NODE_ID,
        evidence: EVIDENCE,
        openedAt: '2026-01-01T00:01:00Z',
        deadline: '2999-01-01T00:00:00Z',
      },
      workflowArtifacts: {
        manifest: {
          bucket: 'artifacts',
          key: `runs/${WORKFLOW_UID}/scrape/manifest.json`,
        },
        'report-html': {
          bucket: 'artifacts',
          key: `runs/${WORKFLOW_UID}/synthesis/report.html`,
        },
      },
    },
  });
}

/** Its Workflow: scrape was retried once, dom is done, the gate waits. */
export function workflow(name = 'tidepool-1'): KubernetesObject {
  const wf = `${name}-aw`;
  const node = (id: string, fields: Record<string, unknown>) => ({
    [id]: { id, displayName: '', ...fields },
  });
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      name: wf,
      namespace: NAMESPACE,
      uid: WORKFLOW_UID,
      labels: {
        [LABELS.workloadUid]: `uid-of-${name}`,
        [LABELS.workloadName]: name,
      },
    },
    spec: { workflowTemplateRef: { name: 'competitor-scrape' } },
    status: {
      phase: 'Running',
      storedWorkflowTemplateSpec: {
        entrypoint: 'main',
        templates: [
          {
            name: 'main',
            dag: {
              tasks: [
                { name: 'scrape' },
                { name: 'screenshot', depends: 'scrape.Succeeded' },
                { name: 'dom', dependencies: ['scrape'] },
                { name: 'gate', depends: 'screenshot.Succeeded && dom' },
                { name: 'synthesis', depends: 'gate.Succeeded' },
              ],
            },
          },
        ],
      },
      nodes: {
        ...node(wf, { name: wf, type: 'DAG', phase: 'Running' }),
        ...node(`${wf}-1`, {
          name: `${wf}.scrape`,
          type: 'Retry',
          phase: 'Succeeded',
          startedAt: '2026-01-01T00:00:02Z',
          finishedAt: '2026-01-01T00:00:20Z',
        }),
        ...node(`${wf}-2`, {
          name: `${wf}.scrape(0)`,
          type: 'Pod',
          templateName: 'scrape',
          phase: 'Failed',
          message: 'exit code 10',
        }),
        ...node(`${wf}-3`, {
          name: `${wf}.scrape(1)`,
          type: 'Pod',
          templateName: 'scrape',
          phase: 'Succeeded',
        }),
        ...node(`${wf}-4`, {
          name: `${wf}.dom`,
          type: 'Pod',
          templateName: 'dom',
          phase: 'Succeeded',
          startedAt: '2026-01-01T00:00:21Z',
          finishedAt: '2026-01-01T00:00:59Z',
          outputs: {
            parameters: [
              {
                name: 'summary',
                value: JSON.stringify({
                  pages: 2,
                  observed: 2,
                  notObservedTotal: 0,
                  facts: 7,
                  hosts: ['tidepool.example.com'],
                }),
              },
            ],
          },
        }),
        ...node(NODE_ID, {
          name: `${wf}.gate`,
          type: 'Suspend',
          phase: 'Running',
        }),
      },
    },
  };
}

export function pod(step: string, nodeId: string): KubernetesObject {
  return {
    metadata: {
      name: `pod-of-${step}`,
      namespace: NAMESPACE,
      labels: { 'workflows.argoproj.io/workflow': 'tidepool-1-aw' },
      annotations: { 'workflows.argoproj.io/node-id': nodeId },
    },
  };
}

/** Bob's, each Monday at seven in Berlin. */
export function schedule(
  name: string,
  part: {
    namespace?: string;
    uid?: string;
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
  } = {},
): KubernetesObject {
  return {
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentWorkloadSchedule',
    metadata: {
      name,
      namespace: part.namespace ?? NAMESPACE,
      uid: part.uid ?? `uid-of-${name}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      schedule: '0 7 * * 1',
      timeZone: 'Europe/Berlin',
      requestedBy: { username: 'bob', groups: ['agentworkloads:requesters'] },
      workloadTemplate: {
        spec: {
          objective: 'What changed since last week?',
          targetUrls: [
            'https://tidepool.example.com/pricing',
            'https://metricly.example.com/pricing',
          ],
        },
      },
      ...part.spec,
    },
    ...(part.status ? { status: part.status } : {}),
  };
}
