import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../harness/root';
import { eventually, sleep } from '../harness/runs';

/** One process of the portal's backend, as the image starts it: in production, by configuration files alone. */
export class Replica {
  private child?: ChildProcess;
  output = '';

  /** @param configs - files, later ones win; a last one says on which port this replica listens */
  constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly configs: string[],
  ) {}

  async start(): Promise<void> {
    const own = path.join(this.folder, `replica-${this.port}.json`);
    writeFileSync(
      own,
      JSON.stringify({ backend: { listen: { port: this.port } } }),
    );
    this.output = '';
    this.child = spawn(
      process.execPath,
      [
        '--no-warnings',
        '--no-node-snapshot',
        '--require',
        '@backstage/cli-node/config/nodeTransform.cjs',
        'packages/backend/src/index.ts',
        ...[...this.configs, own].flatMap(file => ['--config', file]),
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          NODE_ENV: 'production',
          NODE_COMPILE_CACHE: path.join(root, '.cache/node'),
        },
      },
    );
    const log = path.join(this.folder, `replica-${this.port}.log`);
    const read = (chunk: Buffer) => {
      this.output += chunk.toString('utf8');
      appendFileSync(log, chunk);
    };
    this.child.stdout?.on('data', read);
    this.child.stderr?.on('data', read);
    await eventually(
      `the replica on ${this.port} to be ready`,
      async () => {
        if (this.child?.exitCode !== null) throw new Error('it ended');
        const url = `http://127.0.0.1:${this.port}/.backstage/health/v1/readiness`;
        await sleep(400);
        const answer = await fetch(url).catch(() => undefined);
        return answer?.ok;
      },
      180_000,
    ).catch(error => {
      throw new Error(
        `${(error as Error).message}\n${this.output.slice(-4000)}`,
      );
    });
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
