import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, SERVICES, SYSTEM } from '../../harness/cluster';
import { KubeError, type KubeObject } from '../../harness/kube';
import { eventually } from '../../harness/runs';

const NAME = 'portal-image';
const PORT = 7007;
const CORE = `/api/v1/namespaces/${SYSTEM}`;
const POD = `${CORE}/pods/${NAME}`;
const DATABASE = 'portal';
const READY = '/.backstage/health/v1/readiness';
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What docs/portal-backend.md has a platform team write; JSON is YAML. */
const config = {
  backend: {
    listen: { host: '0.0.0.0', port: PORT },
    database: {
      connection: {
        host: '127.0.0.1',
        port: 5432,
        user: DATABASE,
        password: '${DATABASE_PASSWORD}',
        database: DATABASE,
      },
    },
  },
  kubernetes: {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'here',
            url: 'https://kubernetes.default.svc',
            authProvider: 'serviceAccount',
            serviceAccountToken: '${READER_TOKEN}',
            caFile: `${ACCOUNT}/ca.crt`,
          },
        ],
      },
    ],
  },
  agentWorkloads: {
    clusters: [{ name: 'here', inCluster: true }],
    artifacts: {
      endpoint: `http://minio.${SERVICES}.svc:9000`,
      bucket: 'agentworkloads',
      accessKey: '${S3_ACCESS_KEY}',
      secretKey: '${S3_SECRET_KEY}',
    },
  },
};

const fromSecret = (name: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: NAME, key } },
});

interface PodTemplate {
  spec: {
    securityContext: { runAsUser?: number; runAsGroup?: number };
    containers: { securityContext: object }[];
  };
}

/** The steps' PostgreSQL once more, for the portal alone: beside it, and up before it. */
function databaseBeside({ spec }: PodTemplate) {
  const { runAsUser, runAsGroup } = spec.securityContext;
  const { envFrom, ...container } = spec.containers[0] as object as {
    envFrom: unknown;
    securityContext: object;
  };
  return {
    ...container,
    restartPolicy: 'Always',
    securityContext: { ...container.securityContext, runAsUser, runAsGroup },
    env: [
      { name: 'POSTGRES_USER', value: DATABASE },
      { name: 'POSTGRES_DB', value: DATABASE },
      fromSecret('POSTGRES_PASSWORD', 'database-password'),
      { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
    ],
  };
}

const podWith = (database: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: NAME },
  spec: {
    serviceAccountName: 'agentworkloads-portal',
    restartPolicy: 'Never',
    securityContext: {
      runAsNonRoot: true,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [database],
    containers: [
      {
        name: 'portal',
        image: 'agentworkloads/portal:0.1.0',
        imagePullPolicy: 'IfNotPresent',
        args: ['--config', 'app-config.yaml', '--config', '/config/here.yaml'],
        env: [
          fromSecret('READER_TOKEN', 'reader-token'),
          fromSecret('S3_ACCESS_KEY', 'access-key'),
          fromSecret('S3_SECRET_KEY', 'secret-key'),
          fromSecret('DATABASE_PASSWORD', 'database-password'),
        ],
        readinessProbe: {
          httpGet: { path: READY, port: PORT },
          periodSeconds: 2,
        },
        resources: { limits: { memory: '1536Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'config', mountPath: '/config', readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      ...['tmp', 'data', 'run'].map(name => ({ name, emptyDir: {} })),
    ],
  },
});

describe("the portal's image", () => {
  const cluster = new Cluster();
  const { kube } = cluster;

  async function remove(): Promise<void> {
    for (const kind of ['pods', 'configmaps', 'secrets']) {
      await kube
        .request('DELETE', `${CORE}/${kind}/${NAME}`, {
          body: { gracePeriodSeconds: 0 },
        })
        .catch(error => {
          if (!(error instanceof KubeError) || error.code !== 404) throw error;
        });
    }
  }

  const create = (kind: string, body: object) =>
    kube.request('POST', `${CORE}/${kind}`, { body });

  beforeAll(async () => {
    await remove();
    const reader = await kube.request<{ status: { token: string } }>(
      'POST',
      `${CORE}/serviceaccounts/agentworkloads-portal-reader/token`,
      {
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: 3600 },
        },
      },
    );
    const { accessKey, secretKey } = await cluster.artifacts();
    await create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME },
      data: { 'here.yaml': JSON.stringify(config) },
    });
    await create('secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: NAME },
      stringData: {
        'reader-token': reader.status.token,
        'access-key': accessKey,
        'secret-key': secretKey,
        'database-password': randomBytes(16).toString('hex'),
      },
    });
    const { spec } = await kube.request<{ spec: { template: PodTemplate } }>(
      'GET',
      `/apis/apps/v1/namespaces/${SERVICES}/statefulsets/postgres`,
    );
    const pod = podWith(databaseBeside(spec.template));
    await eventually('the pod of before to go', () =>
      create('pods', pod).catch(() => false),
    );
  });
  afterAll(async () => {
    await remove();
    cluster.close();
  });

  const get = (path: string) =>
    kube.request<string>('GET', `${POD}:${PORT}/proxy${path}`, {
      asText: true,
    });

  it('is ready as an ordinary user, with a root that nobody writes', async () => {
    const logs = () =>
      cluster.logOf(
        { metadata: { name: NAME, namespace: SYSTEM } } as KubeObject,
        'portal',
      );
    await eventually(
      'the portal to be ready',
      async () => {
        const { status } = await kube.request('GET', POD);
        if (status?.phase === 'Failed')
          throw new Error(`the portal ended: ${(await logs()).slice(-2000)}`);
        const conditions = (status?.conditions ?? []) as {
          type: string;
          status: string;
        }[];
        return conditions.some(
          one => one.type === 'Ready' && one.status === 'True',
        );
      },
      180_000,
    );
    // It starts only if its account may do what it needs; what it can't reach it warns of.
    expect(await logs()).not.toMatch(/here.*(can't|cannot|refused|not reach)/i);
  });

  it('serves the portal, and its data to nobody who is not signed in', async () => {
    expect(await get('/')).toContain('<title>Agent Workloads</title>');
    await expect(get('/api/agent-workloads/runs')).rejects.toMatchObject({
      code: 401,
    });
  });
});
