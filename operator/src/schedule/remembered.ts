import { BoundedMap } from '../bounded-map';
import type { Clock } from '../ports';

/** Schedules whose answers are kept. One that is forgotten is asked about again. */
const SCHEDULES = 5_000;

interface Kept<T> {
  generation: number;
  at: number;
  answer: T;
}

/** Answers about one generation of a schedule, so that not each change of a run asks again. */
export class Remembered<T> {
  private readonly kept = new BoundedMap<string, Kept<T>>(SCHEDULES);

  /** @param keepMs how long an answer stands */
  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly keepMs: (answer: T) => number,
  ) {}

  async get(
    { uid, generation }: { uid: string; generation: number },
    ask: () => Promise<T>,
    anew = false,
  ): Promise<T> {
    const now = this.clock.monotonic();
    const known = this.kept.get(uid);
    const stands =
      known?.generation === generation &&
      now - known.at < this.keepMs(known.answer);
    if (known && stands && !anew) return known.answer;
    const answer = await ask();
    this.kept.set(uid, { generation, at: now, answer });
    return answer;
  }
}
