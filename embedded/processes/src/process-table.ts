import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that can be told from a later one with the same id. */
export interface ProcessRef {
  pid: number;
  /** Opaque; equal for the same process on the same machine since boot. */
  startTime: string;
}

/** When the process began, or undefined when there is none (a zombie counts as none). */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const ps = promisify(execFile);
    const { stdout } = await ps('ps', [
      '-o',
      'lstart=',
      '-p',
      String(pid),
    ]).catch(() => ({ stdout: '' }));
    return stdout.trim() || undefined;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name stands in parentheses and may hold anything, spaces too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === undefined || state === '' || state === 'Z'
    ? undefined
    : fields[19];
}

export async function isAlive(ref: ProcessRef): Promise<boolean> {
  return (await startTimeOf(ref.pid)) === ref.startTime;
}

/** Signals the process group that the process leads, or the process alone; false when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return false;
}

/**
 * Processes whose environment holds `name=value`: descendants that left their group, as browsers
 * do. Linux only; elsewhere none are found.
 */
export async function findMarked(
  name: string,
  value: string,
): Promise<number[]> {
  if (process.platform !== 'linux') {
    return [];
  }
  const wanted = `${name}=${value}`;
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const environment = await readFile(`/proc/${entry}/environ`, 'utf8').catch(
      () => '',
    );
    if (environment.split('\0').includes(wanted)) {
      found.push(Number(entry));
    }
  }
  return found;
}

async function killQuietly(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

/** SIGKILL for every process that carries the mark. */
export async function killMarked(name: string, value: string): Promise<void> {
  for (const pid of await findMarked(name, value)) {
    await killQuietly(pid);
  }
}

/**
 * Ends a process and its group: SIGTERM, then SIGKILL when `graceMs` are over.
 * Does nothing when the id belongs to another process by now.
 */
export async function endProcess(
  ref: ProcessRef,
  graceMs: number,
): Promise<void> {
  if (!(await isAlive(ref))) {
    return;
  }
  signalGroup(ref.pid, 'SIGTERM');
  const end = Date.now() + graceMs;
  while (Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 50));
    if (!(await isAlive(ref))) return;
  }
  signalGroup(ref.pid, 'SIGKILL');
}
