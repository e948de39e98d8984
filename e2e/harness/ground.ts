import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ArtifactRef, Fact, Report } from '@agentic/api';
import { Kube } from './kube';
import { ObjectStore } from './objects';
import { eventually } from './runs';
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

export interface GroundOptions {
  portal?: boolean;
  egressAllow?: string[];
  /** Added to the environment of everything. */
  environment?: Record<string, string>;
}

/** One `npm start` of its own: own folder, own ports, seen from outside. */
export class Ground {
  kube!: Kube;
  portalUrl = '';
  private child!: ChildProcess;
  private output = '';

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
    mkdirSync(dataDir, { recursive: true });
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
    const { portal = false, egressAllow = [], environment = {} } = this.options;
    this.child = spawn(
      process.execPath,
      [
        path.join(root, 'standalone/dist/main.mjs'),
        '--data-dir',
        this.dataDir,
        ...(portal ? ['--portal-port', '7107'] : ['--no-portal']),
        ...egressAllow.flatMap(entry => ['--egress-allow', entry]),
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
        env: {
          ...process.env,
          AGENTIC_ROOT: root,
          NODE_OPTIONS: '',
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
      120_000,
    ).catch(error => {
      throw new Error(`${(error as Error).message}\n${this.output}`);
    });
    this.portalUrl = ready.exec(this.output)?.[1] ?? '';
    this.kube = new Kube(path.join(this.dataDir, 'kubeconfig'));
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    this.kube?.close();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise(resolve => this.child.once('exit', resolve));
      this.child.kill('SIGINT');
      await ended;
    }
    this.keepLogs();
  }

  /** `kill -9` of the supervisor alone. */
  async killHard(): Promise<void> {
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
    this.kube.close();
  }

  private processes(): { name: string; pid: number }[] {
    return JSON.parse(
      readFileSync(path.join(this.dataDir, 'run/processes.json'), 'utf8'),
    );
  }

  pid(part: PartName): number {
    const found = this.processes().find(one => one.name === part);
    if (!found) throw new Error(`${part} does not run`);
    return found.pid;
  }

  signal(part: PartName, signal: NodeJS.Signals): void {
    process.kill(this.pid(part), signal);
  }

  /** Processes of this ground that still live. */
  survivors(): string[] {
    return this.processes()
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

  private keepLogs(): void {
    writeFileSync(path.join(this.dataDir, 'output.log'), this.output);
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
