import path from 'node:path';
import type { KubeAccess } from '../kube-client/kubeconfig';
import { checkHttp, checkTcp } from './checks';
import type { Part } from './children';
import type { Credentials } from './credentials';
import type { Layout } from './layout';
import { BUCKET, bootstrapPaths } from './manifests';
import type { StandaloneOptions } from './options';
import type { Ports } from './ports';

export interface Setting {
  layout: Layout;
  ports: Ports;
  credentials: Credentials;
  options: StandaloneOptions;
}

/** The site keeps its address for the browser even where its real port is another. */
const DEMO_PORT = 4180;

/** What every part gets of the environment; the rest of it is nobody's business. */
export function baseEnvironment(
  source: NodeJS.ProcessEnv,
): Record<string, string> {
  const names = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'TMPDIR', 'LOG_LEVEL'];
  return Object.fromEntries(
    names.flatMap(name => (source[name] ? [[name, source[name]]] : [])),
  ) as Record<string, string>;
}

const loopback = (port: number) => `127.0.0.1:${port}`;

export function createParts(setting: Setting) {
  const { layout, ports, credentials, options } = setting;
  const base = {
    ...baseEnvironment(process.env),
    NODE_COMPILE_CACHE: layout.compileCache,
  };
  const part = (
    name: string,
    title: string,
    script: string,
    environment: Record<string, string>,
    check: () => Promise<void>,
    startTimeoutMs = 30_000,
  ): Part => ({
    name,
    title,
    args: ['--enable-source-maps', '--no-warnings', script],
    environment: { ...base, ...environment },
    cwd: layout.root,
    check,
    startTimeoutMs,
  });
  const kubeUrl = `https://${loopback(ports.kubeApi)}`;

  return {
    kubeApi: part(
      'kube-api',
      'The Kubernetes API',
      layout.bundle('kube-api'),
      {
        KUBE_API_DATA_DIR: layout.kubeData,
        KUBE_API_LISTEN: loopback(ports.kubeApi),
        KUBE_API_BOOTSTRAP_DIRS: bootstrapPaths(
          layout.root,
          layout.manifests,
        ).join('\n'),
        KUBE_API_KUBECONFIG: layout.kubeconfig,
        POD_LOGS_DIR: layout.podLogs,
      },
      // Its certificate is made while it starts, so the first look is at the port alone.
      () => checkTcp(ports.kubeApi),
    ),
    s3: part(
      's3',
      'The object storage',
      layout.bundle('s3'),
      {
        S3_LISTEN: loopback(ports.s3),
        S3_DATA_DIR: layout.s3Data,
        S3_BUCKET: BUCKET,
        S3_ACCESS_KEY: credentials.s3AccessKey,
        S3_SECRET_KEY: credentials.s3SecretKey,
      },
      // Unsigned, hence refused: that is how it answers when all is well.
      () =>
        checkHttp({ url: `http://${loopback(ports.s3)}/`, statuses: [403] }),
    ),
    postgres: part(
      'postgres',
      'The database',
      layout.bundle('postgres'),
      {
        POSTGRES_LISTEN: loopback(ports.postgres),
        POSTGRES_DATA_DIR: layout.postgresData,
        POSTGRES_PASSWORD: credentials.postgresPassword,
      },
      () => checkTcp(ports.postgres),
      60_000,
    ),
    egress: part(
      'egress',
      'The egress proxy',
      path.join(layout.root, 'agents/dist/egress-main.mjs'),
      {
        EGRESS_LISTEN: loopback(ports.egress),
        EGRESS_ALLOW: [`*.localhost:${DEMO_PORT}`, ...options.egressAllow].join(
          ',',
        ),
        EGRESS_RESOLVE: `*.localhost:${DEMO_PORT}=${loopback(ports.demo)}`,
        EGRESS_PROXY_TOKEN: credentials.egressToken,
      },
      () => checkTcp(ports.egress),
    ),
    demoSite: part(
      'demo-site',
      'The demo site',
      layout.bundle('demo-site'),
      {
        DEMO_LISTEN: loopback(ports.demo),
        DEMO_STATE_FILE: layout.demoState,
      },
      () => checkTcp(ports.demo),
    ),
    engine: part(
      'workflow-engine',
      'The workflow engine',
      layout.bundle('workflow-engine'),
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
    ),
    operator: part(
      'operator',
      'The operator',
      path.join(layout.root, 'operator/dist/main.mjs'),
      {
        KUBECONFIG: layout.accountConfig('operator'),
        POLICY_WASM_DIR: path.join(layout.root, 'policies'),
        HEALTH_LISTEN: loopback(ports.operatorHealth),
        ARTIFACT_BUCKET: BUCKET,
      },
      () =>
        checkHttp({ url: `http://${loopback(ports.operatorHealth)}/readyz` }),
    ),
    portal: {
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
        layout.appConfig,
      ],
      environment: { ...base, NODE_ENV: 'development' },
      cwd: layout.root,
      check: async () => {
        const origin = `http://${loopback(ports.portal)}`;
        await checkHttp({ url: `${origin}/.backstage/health/v1/readiness` });
        await checkHttp({ url: `${origin}/` });
      },
      startTimeoutMs: 180_000,
    } satisfies Part,
    kubeUrl,
  };
}

/** The API server by its own certificate and an administrator's token, up to its readiness. */
export function checkKubeApi(admin: KubeAccess): Promise<void> {
  return checkHttp({
    url: `${admin.server}/readyz`,
    caPem: admin.caPem,
    headers: { authorization: `Bearer ${admin.token}` },
  });
}
