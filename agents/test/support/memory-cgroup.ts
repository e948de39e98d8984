import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const SAMPLE_MS = 50;

const BASES = [
  {
    folder: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    held: ['total_rss', 'total_shmem'],
  },
  {
    folder: '/sys/fs/cgroup',
    limit: 'memory.max',
    held: ['anon', 'shmem'],
  },
];

/** The sum, in bytes, of these lines of a `memory.stat`; a line that is not there counts as 0. */
function bytesOf(stat: string, names: string[]): number {
  const lines = new Map(
    stat.split('\n').map(line => line.split(' ') as [string, string]),
  );
  return names.reduce((sum, name) => sum + Number(lines.get(name) ?? 0), 0);
}

export interface MemoryCgroup {
  /** A process that writes its pid here is held to the limit, and so is all that it starts. */
  procs: string;
  /**
   * The most that the processes held for themselves, in bytes, looked at every 50 ms. The kernel's own peak also counts
   * the files that they read: it keeps those until the limit is reached and then drops them, so that a cold browser
   * always ends exactly at the limit.
   */
  peak(): number;
  /** Processes that the kernel killed for the limit; undefined where it does not say. */
  killed(): number | undefined;
  close(): Promise<void>;
}

/** A memory limit of the kernel's own, as a pod has one; or why there is none here: making one takes root. */
export function openMemoryCgroup(bytes: number): MemoryCgroup | string {
  const reasons: string[] = [];
  for (const base of BASES) {
    const folder = `${base.folder}/agents-test-${process.pid}`;
    try {
      mkdirSync(folder);
      try {
        writeFileSync(`${folder}/${base.limit}`, String(bytes));
      } catch (error) {
        rmdirSync(folder);
        throw error;
      }
      const read = (file: string) => readFileSync(`${folder}/${file}`, 'utf8');
      let peak = 0;
      const look = () => {
        peak = Math.max(peak, bytesOf(read('memory.stat'), base.held));
      };
      const sampling = setInterval(look, SAMPLE_MS);
      return {
        procs: `${folder}/cgroup.procs`,
        peak: () => peak,
        killed() {
          const file =
            base.limit === 'memory.max'
              ? 'memory.events'
              : 'memory.oom_control';
          const match = /^oom_kill (\d+)$/m.exec(read(file));
          return match ? Number(match[1]) : undefined;
        },
        async close() {
          clearInterval(sampling);
          for (let tries = 0; tries < 50; tries++) {
            try {
              rmdirSync(folder);
              return;
            } catch {
              await delay(100);
            }
          }
        },
      };
    } catch (error) {
      reasons.push(`${folder}: ${error instanceof Error ? error.message : ''}`);
    }
  }
  return `no memory cgroup can be made here: ${reasons.join('; ')}`;
}
