import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const BASES = [
  {
    folder: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
  },
  {
    folder: '/sys/fs/cgroup',
    limit: 'memory.max',
    peak: 'memory.peak',
  },
];

export interface MemoryCgroup {
  /** A process that writes its pid here is held to the limit, and so is all that it starts. */
  procs: string;
  /** The most that was in use, in bytes. */
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
      return {
        procs: `${folder}/cgroup.procs`,
        peak: () => Number(read(base.peak)),
        killed() {
          const file =
            base.limit === 'memory.max'
              ? 'memory.events'
              : 'memory.oom_control';
          const match = /^oom_kill (\d+)$/m.exec(read(file));
          return match ? Number(match[1]) : undefined;
        },
        async close() {
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
