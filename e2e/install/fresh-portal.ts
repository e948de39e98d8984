import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { Ground } from '../harness/ground';
import { freePort, PortalBackend } from '../harness/portal-backend';
import { root } from '../harness/root';

/** What the configuration of the page on installing takes from the environment. */
function environmentOf(ground: Ground): Record<string, string> {
  const generated = parse(
    readFileSync(
      path.join(ground.dataDir, 'app-config.generated.yaml'),
      'utf8',
    ),
  );
  const { clusters, artifacts } = generated.agentWorkloads;
  const [reader] = generated.kubernetes.clusterLocatorMethods[0].clusters;
  return {
    AGENT_WORKLOADS_CLUSTER_URL: clusters[0].url,
    AGENT_WORKLOADS_CLUSTER_CA: clusters[0].caData,
    AGENT_WORKLOADS_TOKEN: clusters[0].token,
    KUBERNETES_READER_TOKEN: reader.serviceAccountToken,
    AGENT_WORKLOADS_S3_ENDPOINT: artifacts.endpoint,
    AGENT_WORKLOADS_S3_BUCKET: artifacts.bucket,
    AGENT_WORKLOADS_S3_ACCESS_KEY: artifacts.accessKey,
    AGENT_WORKLOADS_S3_SECRET_KEY: artifacts.secretKey,
    AGENT_WORKLOADS_TEMPLATE: path.join(
      root,
      'templates/competitor-scrape/template.yaml',
    ),
  };
}

/** What is so on this machine alone: a real database, one port, people of the app's own examples. */
function machineConfig(ground: Ground, app: string, port: number): string {
  const { backend } = parse(
    readFileSync(
      path.join(ground.dataDir, 'app-config.generated.yaml'),
      'utf8',
    ),
  );
  const origin = `http://localhost:${port}`;
  const examples = (name: string, ...kinds: string[]) => ({
    type: 'file',
    target: path.join(app, 'examples', name),
    rules: [{ allow: kinds }],
  });
  const own = parse(
    readFileSync(path.join(app, 'app-config.agent-workloads.yaml'), 'utf8'),
  );
  return stringify({
    app: { baseUrl: origin },
    backend: {
      baseUrl: origin,
      listen: { host: '127.0.0.1', port },
      cors: { origin },
      database: {
        client: 'pg',
        pluginDivisionMode: 'schema',
        ensureExists: false,
        ensureSchemaExists: true,
        connection: backend.database.connection,
      },
    },
    auth: { providers: { guest: { userEntityRef: 'user:default/guest' } } },
    catalog: {
      locations: [
        ...own.catalog.locations,
        examples('entities.yaml', 'System', 'Component', 'API'),
        examples('price-list.yaml', 'Component'),
        examples('org.yaml', 'User', 'Group'),
      ],
    },
  });
}

/** The new app's backend, which serves a frontend too, on a ground without a portal of ours. */
export class FreshPortal {
  private constructor(
    readonly ground: Ground,
    private readonly backend: PortalBackend,
    readonly url: string,
  ) {}

  static async start(app: string): Promise<FreshPortal> {
    const ground = await Ground.start('install');
    try {
      await letAct(ground, 'guest');
      const port = await freePort();
      writeFileSync(
        path.join(app, 'app-config.machine.yaml'),
        machineConfig(ground, app, port),
        { mode: 0o600 },
      );
      const backend = new PortalBackend({
        port,
        cwd: path.join(app, 'packages/backend'),
        entry: 'src/index.ts',
        configs: [
          'app-config.yaml',
          'app-config.agent-workloads.yaml',
          'app-config.machine.yaml',
        ].map(name => `../../${name}`),
        log: path.join(root, '.agentic/test-results/fresh-app.log'),
        environment: {
          ...environmentOf(ground),
          NODE_ENV: 'development',
        },
      });
      await backend.start();
      return new FreshPortal(ground, backend, `http://localhost:${port}`);
    } catch (error) {
      await ground.stop();
      throw error;
    }
  }

  /** Starts the backend again, with the frontend of the legacy system. */
  async serveLegacy(): Promise<void> {
    await this.backend.stop();
    await this.backend.start({ APP_CONFIG_app_packageName: 'app-legacy' });
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.ground.stop();
  }
}

/** The portal's account may act for this person too, as docs/operations.md says. */
async function letAct(ground: Ground, ...names: string[]): Promise<void> {
  const role = parse(
    execFileSync(
      process.execPath,
      [path.join(root, 'scripts/portal-people.mjs'), ...names],
      { encoding: 'utf8' },
    ),
  );
  await ground.kube.request(
    'PUT',
    `/apis/rbac.authorization.k8s.io/v1/clusterroles/${role.metadata.name}`,
    { body: role },
  );
}
