import type { Clock } from '../../runtime/clock';

export interface HostGate {
  /** Runs `task` when the host is free and its pause is over; tasks of one host keep their order. */
  run<T>(
    host: string,
    pauseMs: number,
    task: (slots: Slots) => Promise<T>,
  ): Promise<T>;
}

export interface Slots {
  /** Runs `work` in one of the places that all hosts share. */
  use<T>(work: () => Promise<T>): Promise<T>;
}

/** One visit at a time for each host, `total` in all. Waiting for a host takes no place. */
export function createHostGate(options: {
  total: number;
  clock: Clock;
  signal: AbortSignal;
}): HostGate {
  const tails = new Map<string, Promise<unknown>>();
  const freeAt = new Map<string, number>();
  const slots = createSlots(options.total);
  return {
    run(host, pauseMs, task) {
      const turn = async () => {
        options.signal.throwIfAborted();
        const wait = (freeAt.get(host) ?? 0) - options.clock.elapsed();
        if (wait > 0) await options.clock.sleep(wait, options.signal);
        try {
          return await task(slots);
        } finally {
          freeAt.set(host, options.clock.elapsed() + pauseMs);
        }
      };
      const result = (tails.get(host) ?? Promise.resolve()).then(turn, turn);
      tails.set(
        host,
        result.catch(() => undefined),
      );
      return result;
    },
  };
}

function createSlots(total: number): Slots {
  let free = total;
  const waiting: Array<() => void> = [];
  const take = (): Promise<void> => {
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    return new Promise(resolve => waiting.push(resolve));
  };
  const give = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return {
    async use(work) {
      await take();
      try {
        return await work();
      } finally {
        give();
      }
    },
  };
}
