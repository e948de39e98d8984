import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 6_000;
const LOOK_EVERY_MS = 50;

/**
 * Processes of the server whose data lie there. On Linux all of them, by the folder that each works in, which nobody else is in;
 * elsewhere the first one, by its command line.
 */
export async function serversIn(data: string): Promise<number[]> {
  const folder = await realpath(data).catch(() => undefined);
  if (folder === undefined) return [];
  if (process.platform === 'linux') {
    const processes = (await readdir('/proc')).filter(name =>
      /^\d+$/.test(name),
    );
    const places = await Promise.all(
      processes.map(pid => readlink(`/proc/${pid}/cwd`).catch(() => '')),
    );
    return processes.flatMap((pid, at) =>
      places[at] === folder ? [Number(pid)] : [],
    );
  }
  const pid = await recordedPid(data);
  if (pid === undefined) return [];
  const { stdout } = await promisify(execFile)('ps', [
    '-o',
    'command=',
    '-p',
    String(pid),
  ]).catch(() => ({ stdout: '' }));
  return stdout.includes(folder) || stdout.includes(data) ? [pid] : [];
}

async function recordedPid(data: string): Promise<number | undefined> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(
    () => '',
  );
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * Ends what an earlier start that was killed has left in a data folder, and forgets a process id that is another program's by
 * now; that one is left alone. The folder must be the caller's alone.
 *
 * @returns how many processes there were
 */
export async function endLeftServers(data: string): Promise<number> {
  const found = await serversIn(data);
  const first = await recordedPid(data);
  // Fast shutdown: of the first process alone, which tells the others.
  for (const pid of found) {
    if (pid === first || first === undefined) signal(pid, 'SIGINT');
  }
  const end = Date.now() + PATIENCE_MS;
  let left = found;
  while (left.length > 0 && Date.now() < end) {
    await delay(LOOK_EVERY_MS);
    left = await serversIn(data);
  }
  while (left.length > 0) {
    for (const pid of left) signal(pid, 'SIGKILL');
    await delay(LOOK_EVERY_MS);
    left = await serversIn(data);
  }
  // PostgreSQL would take whoever has its id for itself, and not start.
  await rm(path.join(data, 'postmaster.pid'), { force: true });
  return found.length;
}
