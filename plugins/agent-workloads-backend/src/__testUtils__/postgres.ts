import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '../../../..');
const DATABASE = 'portal';
const PASSWORD = 'password-of-a-test';

/** The database as one machine runs it, in a process of its own: it is an ES module, and these tests are not. */
export async function startPostgres(): Promise<{
  /** Of an empty database. */
  url: string;
  stop(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portal-postgres-'));
  // Beside the packages that it takes from there.
  const program = path.join(
    ROOT,
    'embedded/services/.cache',
    `postgres-${path.basename(folder)}.mjs`,
  );
  await promisify(execFile)(path.join(ROOT, 'node_modules/.bin/esbuild'), [
    path.join(ROOT, 'embedded/services/src/postgres-main.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--packages=external',
    '--log-level=error',
    `--outfile=${program}`,
  ]);
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      POSTGRES_LISTEN: '127.0.0.1:0',
      POSTGRES_DATA_DIR: path.join(folder, 'data'),
      POSTGRES_DATABASES: `${DATABASE}=${PASSWORD}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', piece => {
    said += piece;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
    await rm(program, { force: true });
  };
  for await (const line of createInterface(child.stdout)) {
    const [, where] = /^postgres ready: (\S+)$/.exec(line) ?? [];
    if (where) {
      return {
        url: `postgres://${DATABASE}:${PASSWORD}@${where}/${DATABASE}`,
        stop,
      };
    }
  }
  await stop();
  throw new Error(`PostgreSQL did not start: ${said}`);
}
