import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { eventually, sleep } from './runs';

const READY_MS = 180_000;
const TOLD_CHARACTERS = 20_000;

export interface PortalBackendOptions {
  port: number;
  /** Where the process runs: configuration and catalog are read from there. */
  cwd: string;
  /** The backend's own source. */
  entry: string;
  /** Files, later ones win. */
  configs: string[];
  /** All that it prints is added to it. */
  log: string;
  environment: Record<string, string>;
}

/** One process of a portal's backend, made from its source, by configuration files alone. */
export class PortalBackend {
  private child?: ChildProcess;
  /** The end of what it printed, without its line for each request. */
  output = '';

  constructor(private readonly options: PortalBackendOptions) {}

  get port(): number {
    return this.options.port;
  }

  /** @param environment - more than that of the options */
  async start(environment: Record<string, string> = {}): Promise<void> {
    const { cwd, entry, configs } = this.options;
    this.output = '';
    this.child = spawn(
      process.execPath,
      [
        '--no-warnings',
        '--no-node-snapshot',
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        entry,
        ...configs.flatMap(file => ['--config', file]),
      ],
      {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          ...this.options.environment,
          ...environment,
        },
      },
    );
    this.keepOutput(this.child);
    await this.untilReady(this.child).catch(error => {
      this.child?.kill('SIGKILL');
      throw new Error(`${(error as Error).message}\n${this.output}`);
    });
  }

  private keepOutput({ stdout, stderr }: ChildProcess): void {
    const whole = createWriteStream(this.options.log, {
      flags: 'a',
      mode: 0o600,
    });
    for (const stream of [stdout, stderr])
      stream?.on('data', (chunk: Buffer) => {
        whole.write(chunk);
        const told = chunk
          .toString('utf8')
          .split('\n')
          .filter(line => !line.includes('incomingRequest'));
        this.output = `${this.output}${told.join('\n')}`.slice(
          -TOLD_CHARACTERS,
        );
      });
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    const ready = `http://127.0.0.1:${this.port}/.backstage/health/v1/readiness`;
    await eventually(
      `the portal's backend on ${this.port} to be ready`,
      async () => {
        // One that is being developed stays up when it could not start.
        if (child.exitCode !== null || this.output.includes('startup failed'))
          throw new Error('it ended');
        await sleep(300);
        return (await fetch(ready).catch(() => undefined))?.ok;
      },
      READY_MS,
    );
  }

  /** As a pod is told to end. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(hard);
  }
}

/** A port that nobody listens on: other portals may run on this machine. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
