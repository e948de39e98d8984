import { readdirSync, readFileSync } from 'node:fs';

/**
 * What a browser on this machine takes, read from /proc: neither a page that keeps its process busy nor one
 * that answers nothing can hide it. Elsewhere than on Linux, and for a browser behind a service, nothing is
 * known, and the service's own limit has to do.
 */
export interface BrowserProcess {
  pid: number;
  /** As Chromium names it in `--type`; `browser` is the one that holds the others. */
  type: string;
  /** Memory that no file stands behind, private and shared. */
  bytes: number;
}

/** The browser and all processes below it. Empty where it has ended or there is no /proc. */
export function browserProcesses(root: number): BrowserProcess[] {
  const found: BrowserProcess[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      const kib = (name: string) =>
        Number(
          new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0,
        );
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      const type = /--type=([\w-]+)/.exec(command)?.[1];
      found.push({
        pid,
        type: pid === root ? 'browser' : type ?? 'other',
        bytes: (kib('RssAnon') + kib('RssShmem')) * 1024,
      });
      waiting.push(...childrenOf(pid));
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap(task => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1')
        .split(' ')
        .filter(Boolean)
        .map(Number);
    } catch {
      return [];
    }
  });
}

/** Bytes that this process and its children may have together, by its cgroup; undefined without a limit. */
export function memoryLimit(): number | undefined {
  const own = text('/proc/self/cgroup');
  const v1 = /^\d+:(?:[\w,=]*,)?memory(?:,[\w,=]*)?:(.*)$/m.exec(own)?.[1];
  const v2 = /^0::(.*)$/m.exec(own)?.[1];
  // In a container the path is the host's, and the mount shows the container's own group at its root.
  const limits = [
    ...['', v2 ?? ''].map(path => `/sys/fs/cgroup${path}/memory.max`),
    ...['', v1 ?? ''].map(
      path => `/sys/fs/cgroup/memory${path}/memory.limit_in_bytes`,
    ),
  ]
    .map(file => Number.parseInt(text(file), 10))
    // "No limit" is a very large number in the first version of cgroups.
    .filter(bytes => bytes > 0 && bytes < 2 ** 50);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

function text(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** Of the memory that the step may have, this part is the browser's; the rest is Node's and the page cache's. */
const SHARE = 0.6;
const MOST = 1536 * 1024 * 1024;

/** Bytes that the browser may take before its largest process is ended. */
export const browserBudget = (limit: number | undefined): number =>
  Math.round(Math.min(MOST, (limit ?? Infinity) * SHARE));

/** Bytes of all of them together. */
const heldBy = (processes: readonly BrowserProcess[]): number =>
  processes.reduce((sum, { bytes }) => sum + bytes, 0);

const SELDOM_MS = 100;
const OFTEN_MS = 20;
const NEAR = 0.4;

/**
 * Milliseconds until the browser is looked at again. A page takes 2 GB and more in a second: near the budget a tenth of a second is most of
 * what is left of the pod.
 */
export const lookAgainAfter = (
  processes: readonly BrowserProcess[],
  budget: number,
): number => (heldBy(processes) < budget * NEAR ? SELDOM_MS : OFTEN_MS);

/**
 * The process to end so that the browser comes under its budget: its largest, and the browser itself only
 * where no other one is to blame. Undefined while all is well.
 */
export function processToEnd(
  processes: readonly BrowserProcess[],
  budget: number,
): BrowserProcess | undefined {
  if (heldBy(processes) <= budget) return undefined;
  const [largest] = [...processes].sort((a, b) => b.bytes - a.bytes);
  return largest;
}
