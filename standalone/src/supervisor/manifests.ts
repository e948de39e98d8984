import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { WORKLOAD_NAMESPACE } from '@agentworkloads/api';
import { stringify } from 'yaml';
import { writeFileWhole } from '@agentworkloads/processes';
import type { Credentials } from './credentials';
import { checkpointsDatabase, databaseUrl } from './databases';
import type { Ports } from './ports';

export const BUCKET = 'agentworkloads';
export const S3_REGION = 'us-east-1';

export interface LocalSettings {
  ports: Ports;
  credentials: Credentials;
  chromiumPath: string;
  /** Model settings of whoever started this (`LLM_*`, `BROWSER_*`); empty ones count as absent. */
  environment: NodeJS.ProcessEnv;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

function account(namespace: string, name: string) {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace },
  };
}

function clusterRole(name: string, rules: object[]) {
  return { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name }, rules };
}

function bind(role: string, namespace: string, name: string) {
  return {
    apiVersion: RBAC,
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role,
    },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}

/** The engine under the name that Argo's controller has on a cluster, with what controller and kubelet need. */
const ENGINE_OBJECTS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argo' } },
  account('argo', 'argo'),
  clusterRole('standalone-workflow-engine', [
    {
      apiGroups: ['argoproj.io'],
      resources: ['workflows', 'workflows/finalizers'],
      verbs: ['get', 'list', 'watch', 'update', 'patch', 'delete'],
    },
    {
      apiGroups: ['argoproj.io'],
      resources: ['workflowtemplates', 'clusterworkflowtemplates'],
      verbs: ['get', 'list', 'watch'],
    },
    {
      apiGroups: [''],
      resources: ['pods'],
      verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
    },
    { apiGroups: [''], resources: ['pods/status'], verbs: ['patch'] },
    {
      apiGroups: [''],
      resources: ['configmaps', 'secrets'],
      verbs: ['get'],
    },
  ]),
  bind('standalone-workflow-engine', 'argo', 'argo'),
];

/** In whose name the portal may act: the people of the demo's sign-in. */
const PEOPLE_OBJECTS = [
  clusterRole('agentworkloads-portal-people', [
    {
      apiGroups: [''],
      resources: ['users'],
      resourceNames: ['alice', 'bob'],
      verbs: ['impersonate'],
    },
  ]),
];

/** Entries of the environment that are set. */
function chosen(
  environment: NodeJS.ProcessEnv,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name =>
      environment[name] ? [[name, environment[name]]] : [],
    ),
  );
}

function workloadObjects(settings: LocalSettings) {
  const { ports, credentials, environment } = settings;
  const metadata = (name: string, extra: object = {}) => ({
    name,
    namespace: WORKLOAD_NAMESPACE,
    ...extra,
  });
  const database = databaseUrl(
    checkpointsDatabase(ports.postgres, credentials),
  );
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('agents-config'),
      data: {
        S3_ENDPOINT: `http://127.0.0.1:${ports.s3}`,
        S3_REGION,
        CHROMIUM_PATH: settings.chromiumPath,
        EGRESS_PROXY_URL: `http://127.0.0.1:${ports.egress}`,
        LOG_LEVEL: environment.LOG_LEVEL || 'info',
        ...chosen(environment, [
          'LLM_BASE_URL',
          'LLM_MODEL',
          'LLM_VISION_MODEL',
          'BROWSER_WS_ENDPOINT',
        ]),
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata('agents-secrets'),
      type: 'Opaque',
      stringData: {
        S3_ACCESS_KEY: credentials.s3AccessKey,
        S3_SECRET_KEY: credentials.s3SecretKey,
        CHECKPOINT_DATABASE_URL: database,
        EGRESS_PROXY_TOKEN: credentials.egressToken,
        ...chosen(environment, ['LLM_API_KEY', 'BROWSER_TOKEN']),
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('artifact-repositories', {
        annotations: {
          'workflows.argoproj.io/default-artifact-repository': BUCKET,
        },
      }),
      data: {
        [BUCKET]: stringify({
          s3: {
            endpoint: `127.0.0.1:${ports.s3}`,
            insecure: true,
            bucket: BUCKET,
            region: S3_REGION,
            accessKeySecret: { name: 'agents-secrets', key: 'S3_ACCESS_KEY' },
            secretKeySecret: { name: 'agents-secrets', key: 'S3_SECRET_KEY' },
          },
        }),
      },
    },
  ];
}

/** All objects that only this machine has, beside those of deploy/. */
export function localManifests(settings: LocalSettings): object[] {
  return [...ENGINE_OBJECTS, ...PEOPLE_OBJECTS, ...workloadObjects(settings)];
}

/** What the API server applies before it listens; later ones lean on earlier ones. */
export function bootstrapPaths(root: string, manifests: string): string[] {
  return [
    path.join(root, 'deploy/crds'),
    path.join(root, 'deploy/rbac'),
    path.join(root, 'deploy/policies'),
    path.join(root, 'deploy/argo/workflow-template.yaml'),
    manifests,
  ];
}

export async function writeManifests(
  folder: string,
  objects: readonly object[],
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFileWhole(
    path.join(folder, 'local.yaml'),
    objects.map(object => stringify(object)).join('---\n'),
  );
}
