// A parent that is killed tells nobody: npm, for one, ends its shell and not what runs in it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const EVERY_MS = 500;

/** Command line and parent of a process, or undefined when there is none or nothing can be said. */
function processOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name stands in parentheses and may hold anything, spaces too.
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return { parent: Number(parent), args };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', `${pid}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [parent, ...args] = line.split(/\s+/);
    return { parent: Number(parent), args };
  } catch {
    return undefined;
  }
}

/**
 * The processes that this one must not outlive, or none: what started it by {@link handOver}, or npm, with the shell that it
 * puts between. Whoever starts it otherwise, with `nohup` perhaps, may want it to go on.
 *
 * @returns {number[]} parent, and the parent's parent where that counts
 */
export function guardians(
  env = process.env,
  parent = process.ppid,
  look = processOf,
) {
  if (env.AGENTIC_PARENT === String(parent)) return [parent];
  if (!env.npm_lifecycle_event) return [];
  const shell = look(parent);
  return shell?.args[1] === '-c' ? [parent, shell.parent] : [parent];
}

/** True when one of them is no longer above this process. */
export function isOrphaned(known, parent = process.ppid, look = processOf) {
  if (known.length === 0) return false;
  if (parent !== known[0]) return true;
  return known.length > 1 && look(parent)?.parent !== known[1];
}

/**
 * Calls once, when what started this process is gone.
 *
 * @param begun from {@link guardians}, taken when the process began
 */
export function whenOrphaned(call, begun = guardians()) {
  if (begun.length === 0) return;
  const timer = setInterval(() => {
    if (!isOrphaned(begun)) return;
    clearInterval(timer);
    call();
  }, EVERY_MS);
  timer.unref();
}
