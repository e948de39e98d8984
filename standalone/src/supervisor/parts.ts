import path from 'node:path';
import { checkDatabase, checkHttp, checkTcp } from './checks';
import type { Part } from './children';
import type { AdminAccess } from './cluster-access';
import type { Credentials } from './credentials';
import type { Layout } from './layout';
import {
  checkpointsDatabase,
  portalDatabase,
  type DatabaseAccess,
} from './databases';
import { BUCKET, bootstrapPaths } from './manifests';
import type { StandaloneOptions } from './options';
import { checkPortal, demoEntities } from './portal-check';
import type { Ports } from './ports';

export interface Setting {
  layout: Layout;
  ports: Ports;
  credentials: Credentials;
  options: StandaloneOptions;
}

/** The site keeps its address for the steps' browser even where its real port is another. */
export const DEMO_PORT = 4180;

/** What every part gets of the environment; the rest of it is nobody's business. */
export function baseEnvironment(
  source: NodeJS.ProcessEnv,
): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'USER',
    'LANG',
    'TZ',
    'TMPDIR',
    'LOG_LEVEL',
    // The portal's sources are translated by SWC, which would unpack itself into the home folder.
    'SWC_NATIVE_BINDING_CACHE',
  ];
  return Object.fromEntries(
    names.flatMap(name => (source[name] ? [[name, source[name]]] : [])),
  ) as Record<string, string>;
}

const loopback = (port: number) => `127.0.0.1:${port}`;

function environmentOf(layout: Layout): Record<string, string> {
  return {
    ...baseEnvironment(process.env),
    NODE_COMPILE_CACHE: layout.compileCache,
  };
}

/**
 * @param kubeconfig of the operator's own account
 * @param policies folder with the compiled policies and their data
 */
export function operatorPart(
  layout: Layout,
  kubeconfig: string,
  healthPort: number,
  policies: string,
): Part {
  return {
    name: 'operator',
    title: 'The operator',
    args: [
      '--enable-source-maps',
      '--no-warnings',
      // What its Deployment gives it on a cluster.
      '--max-old-space-size=224',
      layout.bundle('operator'),
    ],
    environment: {
      ...environmentOf(layout),
      KUBECONFIG: kubeconfig,
      POLICY_WASM_DIR: policies,
      HEALTH_LISTEN: loopback(healthPort),
      ARTIFACT_BUCKET: BUCKET,
    },
    cwd: layout.root,
    check: () => checkHttp({ url: `http://${loopback(healthPort)}/readyz` }),
    startTimeoutMs: 30_000,
  };
}

export function portalPart(layout: Layout, port: number): Part {
  let entities: Promise<string[]> | undefined;
  return {
    name: 'portal',
    title: 'The portal',
    args: [
      '--enable-source-maps',
      '--no-warnings',
      // The scaffolder's sandbox does not work with Node's start-up snapshot.
      '--no-node-snapshot',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'packages/backend/src/index.ts',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.demo.yaml',
      '--config',
      layout.appConfig,
    ],
    environment: { ...environmentOf(layout), NODE_ENV: 'development' },
    cwd: layout.root,
    check: async () => {
      entities ??= demoEntities(layout.root);
      await checkPortal(`http://${loopback(port)}`, await entities);
    },
    startTimeoutMs: 180_000,
  };
}

/** A part that is a bundle of ours. */
function part(
  layout: Layout,
  name: string,
  title: string,
  script: string,
  environment: Record<string, string>,
  check: () => Promise<void>,
  startTimeoutMs = 30_000,
): Part {
  return {
    name,
    title,
    args: ['--enable-source-maps', '--no-warnings', script],
    environment: { ...environmentOf(layout), ...environment },
    cwd: layout.root,
    check,
    startTimeoutMs,
  };
}

const kubeApiPart = ({ layout, ports, options }: Setting): Part =>
  part(
    layout,
    'kube-api',
    'The Kubernetes API',
    layout.bundle('embedded/kube-api'),
    {
      KUBE_API_DATA_DIR: layout.kubeData,
      KUBE_API_LISTEN: loopback(ports.kubeApi),
      KUBE_API_BOOTSTRAP_DIRS: bootstrapPaths(
        layout.root,
        layout.manifests,
      ).join('\n'),
      KUBE_API_ALLOW_HOSTS: options.allowHosts.join(','),
      KUBE_API_KUBECONFIG: layout.kubeconfig,
      POD_LOGS_DIR: layout.podLogs,
    },
    // Its certificate is made while it starts, so the first look is at the port alone.
    () => checkTcp(ports.kubeApi),
  );

const s3Part = ({ layout, ports, credentials, options }: Setting): Part =>
  part(
    layout,
    's3',
    'The object storage',
    layout.bundle('embedded/services', 's3'),
    {
      S3_LISTEN: loopback(ports.s3),
      S3_DATA_DIR: layout.s3Data,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY: credentials.s3AccessKey,
      S3_SECRET_KEY: credentials.s3SecretKey,
      S3_ALLOW_HOSTS: options.allowHosts.join(','),
    },
    // Unsigned, hence refused: that is how it answers when all is well.
    () => checkHttp({ url: `http://${loopback(ports.s3)}/`, statuses: [403] }),
  );

/** @param databases each with its own user; made where they are missing */
export function postgresPart(
  layout: Layout,
  port: number,
  databases: readonly DatabaseAccess[],
): Part {
  return part(
    layout,
    'postgres',
    'The database',
    layout.bundle('embedded/services', 'postgres'),
    {
      POSTGRES_LISTEN: loopback(port),
      POSTGRES_DATA_DIR: layout.database,
      POSTGRES_DATABASES: databases
        .map(({ database, password }) => `${database}=${password}`)
        .join(','),
    },
    async () => {
      await Promise.all(databases.map(checkDatabase));
    },
    90_000,
  );
}

const egressPart = ({ layout, ports, credentials, options }: Setting): Part =>
  part(
    layout,
    'egress',
    'The egress proxy',
    layout.bundle('egress'),
    {
      EGRESS_LISTEN: loopback(ports.egress),
      EGRESS_ALLOW: [`*.localhost:${DEMO_PORT}`, ...options.egressAllow].join(
        ',',
      ),
      EGRESS_RESOLVE: `*.localhost:${DEMO_PORT}=${loopback(ports.demo)}`,
      EGRESS_PROXY_TOKEN: credentials.egressToken,
    },
    () => checkTcp(ports.egress),
  );

const demoSitePart = ({ layout, ports }: Setting): Part =>
  part(
    layout,
    'demo-site',
    'The demo site',
    layout.bundle('demo'),
    {
      DEMO_LISTEN: loopback(ports.demo),
      DEMO_STATE_FILE: layout.demoState,
      ...(process.env.DEMO_VERSION && {
        DEMO_VERSION: process.env.DEMO_VERSION,
      }),
    },
    () => checkTcp(ports.demo),
  );

const enginePart = ({ layout }: Setting): Part =>
  part(
    layout,
    'workflow-engine',
    'The workflow engine',
    layout.bundle('embedded/argo-engine'),
    {
      KUBECONFIG: layout.accountConfig('engine'),
      ENGINE_DATA_DIR: layout.engineData,
      POD_LOGS_DIR: layout.podLogs,
      ENGINE_IMAGES: JSON.stringify({
        'agentworkloads/agents': {
          '/app': path.join(layout.root, 'agents/dist'),
        },
      }),
    },
    async () => {},
  );

export function createParts(setting: Setting) {
  const { layout, ports, credentials } = setting;
  return {
    kubeApi: kubeApiPart(setting),
    s3: s3Part(setting),
    postgres: postgresPart(layout, ports.postgres, [
      checkpointsDatabase(ports.postgres, credentials),
      // Made without the portal, too: npm run dev starts one of its own.
      portalDatabase(ports.postgres, credentials),
    ]),
    egress: egressPart(setting),
    demoSite: demoSitePart(setting),
    engine: enginePart(setting),
    operator: operatorPart(
      layout,
      layout.accountConfig('operator'),
      ports.operatorHealth,
      layout.policies,
    ),
    portal: portalPart(layout, ports.portal),
  };
}

/** The API server by its own certificate and an administrator's token, up to its readiness. */
export function checkKubeApi({ address, headers }: AdminAccess): Promise<void> {
  const { server, caPem } = address;
  return checkHttp({ url: `${server}/readyz`, caPem, headers });
}
