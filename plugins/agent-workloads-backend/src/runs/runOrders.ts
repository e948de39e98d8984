import { PHASES } from '@agentworkloads/api';
import {
  pagesSeenAt,
  type RunSortField,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IndexedRun } from './indexedRun';

export type Direction = 'asc' | 'desc';
type Key = (run: IndexedRun) => string | number;

/** More new runs than this are sorted in with one sort, fewer are put each in its place. */
const ONE_BY_ONE = 64;

function compareBy(key: Key): (a: IndexedRun, b: IndexedRun) => number {
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x !== y) return x < y ? -1 : 1;
    // Newest first, and always the same order, so that pages don't overlap.
    if (a.id === b.id) return 0;
    return a.id < b.id ? 1 : -1;
  };
}

/** @returns the first place in `sorted` whose run `isAtOrAfter`, or its length */
function lowerBound(
  sorted: readonly IndexedRun[],
  isAtOrAfter: (run: IndexedRun) => boolean,
  end = sorted.length,
): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAtOrAfter(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Runs kept sorted by a key that no run changes: what changed comes as another run. Equal keys stand newest first in both directions. */
class KeyOrder {
  private sorted: IndexedRun[] = [];
  private readonly fresh = new Set<IndexedRun>();
  private readonly compare: (a: IndexedRun, b: IndexedRun) => number;

  constructor(private readonly key: Key) {
    this.compare = compareBy(key);
  }

  add(run: IndexedRun): void {
    this.fresh.add(run);
  }

  remove(run: IndexedRun): void {
    if (this.fresh.delete(run)) return;
    const place = this.placeOf(run);
    if (this.sorted[place] === run) this.sorted.splice(place, 1);
  }

  *walk(direction: Direction): Generator<IndexedRun> {
    this.settle();
    const { sorted, key } = this;
    if (direction === 'asc') {
      yield* sorted;
      return;
    }
    for (let end = sorted.length; end > 0; ) {
      const last = key(sorted[end - 1]);
      const start =
        end > 1 && key(sorted[end - 2]) !== last
          ? end - 1
          : lowerBound(sorted, run => key(run) >= last, end);
      for (let place = start; place < end; place++) yield sorted[place];
      end = start;
    }
  }

  private placeOf(run: IndexedRun): number {
    return lowerBound(this.sorted, other => this.compare(other, run) >= 0);
  }

  private settle(): void {
    if (this.fresh.size > ONE_BY_ONE) {
      this.sorted = [...this.sorted, ...this.fresh].sort(this.compare);
    } else {
      for (const run of this.fresh) {
        this.sorted.splice(this.placeOf(run), 0, run);
      }
    }
    this.fresh.clear();
  }
}

/** How all runs stand in one order, kept as they come and go. */
export interface RunOrder {
  add(run: IndexedRun): void;
  remove(run: IndexedRun): void;
  /** @param now - milliseconds since the epoch */
  walk(direction: Direction, now: number): Iterable<IndexedRun>;
}

function* merged(
  sources: Generator<IndexedRun>[],
  isBefore: (a: IndexedRun, b: IndexedRun) => boolean,
): Generator<IndexedRun> {
  const heads = sources.map(source => source.next());
  for (;;) {
    let first = -1;
    heads.forEach((head, index) => {
      const best = first < 0 ? undefined : heads[first];
      if (
        !head.done &&
        (!best || best.done || isBefore(head.value, best.value))
      ) {
        first = index;
      }
    });
    if (first < 0) return;
    yield heads[first].value;
    heads[first] = sources[first].next();
  }
}

/** What still runs gets longer all the time, but keeps its order among its like: three orders, merged as they are read. */
class DurationOrder implements RunOrder {
  private readonly notBegun = new KeyOrder(() => 0);
  private readonly going = new KeyOrder(run => -run.startedMs);
  private readonly over = new KeyOrder(run => run.durationAt(0));

  private partOf({ item }: IndexedRun): KeyOrder {
    if (!item.startedAt) return this.notBegun;
    return item.finishedAt ? this.over : this.going;
  }

  add(run: IndexedRun): void {
    this.partOf(run).add(run);
  }

  remove(run: IndexedRun): void {
    this.partOf(run).remove(run);
  }

  walk(direction: Direction, now: number): Iterable<IndexedRun> {
    const parts = [this.notBegun, this.going, this.over];
    const compare = comparison('duration', direction, now);
    return merged(
      parts.map(part => part.walk(direction)),
      (a, b) => compare(a, b) < 0,
    );
  }
}

function keyOf(field: Exclude<RunSortField, 'duration'>): Key {
  switch (field) {
    case 'phase':
      return ({ item }) => PHASES.indexOf(item.phase);
    case 'requestedBy':
      return ({ item }) => item.requestedBy ?? '';
    case 'startedAt':
      return run => run.startedMs;
    case 'pagesSeenAt':
      return ({ item }) => Date.parse(pagesSeenAt(item));
    default:
      return ({ item }) => item[field];
  }
}

export function orderBy(field: RunSortField): RunOrder {
  return field === 'duration'
    ? new DurationOrder()
    : new KeyOrder(keyOf(field));
}

/** The same order for a few runs that are sorted by themselves. */
export function comparison(
  field: RunSortField,
  direction: Direction,
  now: number,
): (a: IndexedRun, b: IndexedRun) => number {
  const key: Key =
    field === 'duration' ? run => run.durationAt(now) : keyOf(field);
  const up = compareBy(key);
  if (direction === 'asc') return up;
  return (a, b) => (key(a) === key(b) ? up(a, b) : up(b, a));
}
