import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactRef, Fact, Report } from '@agentworkloads/api';
import { Kube } from './kube';
import { ObjectStore, type ObjectStoreOptions } from './objects';
import { eventually } from './runs';
import { tree } from './process-tree';
import { root } from './root';

type PartName =
  | 'kube-api'
  | 's3'
  | 'postgres'
  | 'egress'
  | 'demo-site'
  | 'workflow-engine'
  | 'operator'
  | 'portal';

interface Process {
  name: string;
  pid: number;
}

export interface GroundOptions {
  portal?: boolean;
  /** The portal alone, for this cluster and the bucket of its artifacts. */
  cluster?: { kubeconfig: string; artifacts: ObjectStoreOptions };
  egressAllow?: string[];
  /** Added to the environment of everything. */
  environment?: Record<string, string>;
}

/** What is nobody's business once the portal for somebody's cluster has ended. */
const SECRETS = [
  's3.json',
  'credentials.json',
  'app-config.generated.yaml',
  'run',
  'database',
];

/** One `npm start` of its own: own folder, own ports, seen from outside. */
export class Ground {
  kube!: Kube;
  portalUrl = '';
  private child!: ChildProcess;
  private output = '';
  /** As they were before the end; its own list is empty once it has ended well. */
  private known: Process[] = [];

  private constructor(
    readonly dataDir: string,
    private readonly options: GroundOptions,
  ) {}

  /** Starts in a fresh folder below `.agentic/test`. */
  static async start(
    name: string,
    options: GroundOptions = {},
  ): Promise<Ground> {
    const dataDir = path.join(root, '.agentic', 'test', name);
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const ground = new Ground(dataDir, options);
    try {
      await ground.up();
    } catch (error) {
      await ground.stop();
      throw error;
    }
    return ground;
  }

  /** Starts again in the same folder. */
  async up(): Promise<void> {
    this.output = '';
    const { environment = {} } = this.options;
    this.child = spawn(
      process.execPath,
      [
        '--import',
        pathToFileURL(path.join(root, 'standalone/dist/watchdog.mjs')).href,
        path.join(root, 'standalone/dist/main.mjs'),
        ...this.startArguments(),
      ],
      {
        cwd: root,
        // The channel tells it when this process is gone: it ends then.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: true,
        env: {
          ...process.env,
          AGENTIC_ROOT: root,
          NODE_OPTIONS: '',
          // The companies stay as they are; a test moves them when it wants a change.
          DEMO_VERSION: '1',
          ...environment,
        },
      },
    );
    const read = (chunk: Buffer) => {
      this.output += chunk.toString('utf8');
    };
    this.child.stdout?.on('data', read);
    this.child.stderr?.on('data', read);
    const ready = /Portal ready: (\S+)|Ready without the portal/;
    await eventually(
      'the ground to be ready',
      async () => {
        if (this.child.exitCode !== null)
          throw new Error(`it ended:\n${this.output}`);
        return ready.test(this.output);
      },
      // The supervisor itself gives the portal three minutes and says then what is missing.
      240_000,
    ).catch(error => {
      throw new Error(`${(error as Error).message}\n${this.output}`);
    });
    this.portalUrl = ready.exec(this.output)?.[1] ?? '';
    this.kube = new Kube(
      this.options.cluster?.kubeconfig ?? path.join(this.dataDir, 'kubeconfig'),
      'agentworkloads',
    );
  }

  private startArguments(): string[] {
    const { portal = false, egressAllow = [], cluster } = this.options;
    return [
      '--data-dir',
      this.dataDir,
      // The usual ones are those of a cluster that may be tested beside it.
      '--ports-from',
      '20000',
      ...(portal ? ['--portal-port', '7107'] : ['--no-portal']),
      ...egressAllow.flatMap(entry => ['--egress-allow', entry]),
      ...(cluster
        ? ['--kubeconfig', cluster.kubeconfig, '--s3', this.keyFile(cluster)]
        : []),
    ];
  }

  /** Keys are for a file that only we read: everybody sees a command line. */
  private keyFile({ artifacts }: { artifacts: ObjectStoreOptions }): string {
    const file = path.join(this.dataDir, 's3.json');
    writeFileSync(file, JSON.stringify(artifacts), { mode: 0o600 });
    return file;
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    this.kube?.close();
    this.known = this.processes();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise(resolve => this.child.once('exit', resolve));
      this.child.kill('SIGINT');
      await ended;
    }
    writeFileSync(path.join(this.dataDir, 'output.log'), this.output);
    if (!this.options.cluster) return;
    for (const name of SECRETS)
      rmSync(path.join(this.dataDir, name), { recursive: true, force: true });
  }

  /** `kill -9` of the supervisor alone. */
  async killHard(): Promise<void> {
    this.known = this.processes();
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
    this.kube.close();
  }

  private processes(): Process[] {
    const file = path.join(this.dataDir, 'run/processes.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  }

  pid(part: PartName): number {
    const found = this.processes().find(one => one.name === part);
    if (!found) throw new Error(`${part} does not run`);
    return found.pid;
  }

  signal(part: PartName, signal: NodeJS.Signals): void {
    // The database is a tree of processes, and each answers for itself.
    for (const pid of tree(this.pid(part))) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // A connection's process may have ended by itself since it was listed.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  /** After the end: processes of this ground that still live. */
  survivors(): string[] {
    return this.known
      .filter(({ pid }) => {
        try {
          process.kill(pid, 0);
          return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
        } catch {
          return false;
        }
      })
      .map(({ name }) => name);
  }

  log(part: PartName): string {
    return readFileSync(path.join(this.dataDir, 'logs', `${part}.log`), 'utf8');
  }

  /** The demo companies show this version, and stay at it. */
  async pinDemo(version: number): Promise<void> {
    await this.askDemo({ version });
  }

  /** Each demo company changes its pages once a run that visited it is completed. */
  async letDemoMove(): Promise<void> {
    await this.askDemo({ pinned: false });
  }

  /** Company -> version. */
  async demoVersions(): Promise<Record<string, number>> {
    const { versions } = (await (await this.askDemo()).json()) as {
      versions: Record<string, number>;
    };
    return versions;
  }

  private async askDemo(body?: object): Promise<Response> {
    const port = /"port":(\d+)/.exec(this.log('demo-site'))?.[1];
    const answer = await fetch(
      `http://127.0.0.1:${port}/__demo/version`,
      body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    if (!answer.ok)
      throw new Error(`the demo site answers ${answer.status} to a version`);
    return answer;
  }

  private s3(): ObjectStore {
    return new ObjectStore(
      JSON.parse(readFileSync(path.join(this.dataDir, 's3.json'), 'utf8')),
    );
  }

  object(key: string): Promise<Buffer> {
    return this.s3().object(key);
  }

  json<T = unknown>(ref: ArtifactRef): Promise<T> {
    return this.s3().json<T>(ref);
  }

  unproven(report: Report): Promise<Fact[]> {
    return this.s3().unproven(report);
  }
}
