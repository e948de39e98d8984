import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { Ground } from '../harness/ground';
import { root } from '../harness/root';
import { eventually } from '../harness/runs';

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
        examples('org.yaml', 'User', 'Group'),
      ],
    },
  });
}

/** The new app's backend, which serves a frontend too, on a ground without a portal of ours. */
export class FreshPortal {
  private constructor(
    readonly ground: Ground,
    private readonly app: string,
    private child: ChildProcess,
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
      const url = `http://localhost:${port}`;
      const child = await startBackend(ground, app, url, 'app');
      return new FreshPortal(ground, app, child, url);
    } catch (error) {
      await ground.stop();
      throw error;
    }
  }

  /** Starts the backend again, with the frontend of this package. */
  async serve(frontend: 'app' | 'app-legacy'): Promise<void> {
    await this.end();
    this.child = await startBackend(this.ground, this.app, this.url, frontend);
  }

  async stop(): Promise<void> {
    await this.end();
    await this.ground.stop();
  }

  private async end(): Promise<void> {
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await ended;
    }
  }
}

async function startBackend(
  ground: Ground,
  app: string,
  url: string,
  frontend: string,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, backendArguments(), {
    cwd: path.join(app, 'packages/backend'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...environmentOf(ground),
      APP_CONFIG_app_packageName: frontend,
      NODE_ENV: 'development',
      NODE_OPTIONS: '',
    },
  });
  await untilReady(child, url);
  return child;
}

/** A port that nobody listens on: other portals may run on this machine. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
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

const backendArguments = () => [
  '--no-node-snapshot',
  '--require',
  '@backstage/cli-node/config/nodeTransform.cjs',
  'src/index.ts',
  ...[
    'app-config.yaml',
    'app-config.agent-workloads.yaml',
    'app-config.machine.yaml',
  ].flatMap(name => ['--config', `../../${name}`]),
];

/** What the backend printed. */
const log = path.join(root, '.agentic/test-results/fresh-app.log');

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  let output = '';
  const whole = createWriteStream(log, { mode: 0o600 });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => {
      whole.write(chunk);
      // Every question whether it is ready is a line of its own.
      const told = String(chunk)
        .split('\n')
        .filter(line => !line.includes('incomingRequest'));
      output = `${output}${told.join('\n')}`.slice(-20_000);
    });
  await eventually(
    'the new app to be ready',
    async () => {
      // A backend that is being developed stays up when it could not start.
      if (child.exitCode !== null || output.includes('startup failed'))
        throw new Error('it ended');
      const ready = `${url}/.backstage/health/v1/readiness`;
      return (await fetch(ready).catch(() => undefined))?.ok;
    },
    180_000,
  ).catch(error => {
    child.kill('SIGKILL');
    throw new Error(`${(error as Error).message}\n${output}`);
  });
}
