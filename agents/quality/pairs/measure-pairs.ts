import type { PageRecord } from '@agentworkloads/api';
import type { PairGround, SavedPage } from './ground';
import type { Pair } from './pairs';
import { scorePair, toldOf, type PairScore, type Told } from './records';

/** Sees each pair as two runs would, and holds what the second one tells against what it must tell. */

export interface PairResult extends PairScore {
  pair: Pair;
  told: Told[];
  /** Of both runs; anything that was not seen at all is a fault of the measuring. */
  seen: boolean;
}

/** Pages of one run: as many as are all looked at twice, however many differ. */
const OF_A_RUN = 10;

/** Runs side by side: the browser waits for much of what it does. */
const AT_ONCE = 4;

async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** A page as a collector of before any ability would have saved it. */
function ofOldCollector({
  views: _views,
  collector: _collector,
  ...record
}: PageRecord): PageRecord {
  return record;
}

/** Groups of pairs of which no two have one address. */
function runsOf(pairs: readonly Pair[], most: number): Pair[][] {
  const runs: Pair[][] = [];
  for (const pair of pairs) {
    const free = runs.find(
      run => run.length < most && run.every(({ path }) => path !== pair.path),
    );
    if (free) free.push(pair);
    else runs.push([pair]);
  }
  return runs;
}

const oneOfEachPath = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.map(pair => [pair.path, pair])).values(),
];

/** Where each first version was saved. */
type FirstRuns = ReadonlyMap<string, SavedPage>;

async function seeFirst(
  pairs: readonly Pair[],
  ground: PairGround,
): Promise<FirstRuns> {
  const runs = await inParallel(
    runsOf(oneOfEachPath(pairs), OF_A_RUN),
    async run => {
      const contact = ground.site.serve(run, 'before');
      const paths = run.map(({ path }) => path);
      return { run, saved: await ground.run(paths, contact) };
    },
  );
  return new Map(
    runs.flatMap(({ run, saved }) =>
      run.map(({ path }, at) => [
        path,
        { saved, record: saved.manifest.pages[at] },
      ]),
    ),
  );
}

/**
 * @param say called with the number of pairs that are done
 * @returns a result for each pair
 */
export async function measurePairs(
  pairs: readonly Pair[],
  ground: PairGround,
  say: (done: number) => void = () => undefined,
): Promise<PairResult[]> {
  const first = await seeFirst(pairs, ground);
  let done = 0;
  const results = await inParallel(runsOf(pairs, OF_A_RUN), async run => {
    const firsts = run.map(({ path, oldCollector }): SavedPage => {
      const { saved, record } = first.get(path)!;
      return { saved, record: oldCollector ? ofOldCollector(record) : record };
    });
    const baseline = await ground.baselineOf(firsts);
    const contact = ground.site.serve(run, 'after');
    const paths = run.map(({ path }) => path);
    const { changes, manifest } = await ground.run(paths, contact, baseline);
    done += run.length;
    say(done);
    return run.map((pair, at): PairResult => {
      const { url } = manifest.pages[at];
      const told = toldOf(changes, url);
      return {
        pair,
        told,
        seen:
          !firsts[at].record.reason &&
          changes.comparedWith.reason === undefined,
        ...scorePair(pair.expected, told),
      };
    });
  });
  return results.flat();
}
