import {
  viewOf,
  type ChangesFile,
  type ChangeSide,
  type Manifest,
  type PageRecord,
} from '@agentworkloads/api';
import { isProven } from '@agentworkloads/facts';
import type { StepDeps } from '../../runtime/step';
import { filesOfRuns } from '../dom/baseline';
import { readEarlier, readRecord } from '../dom/earlier';
import {
  FileAltered,
  FileGone,
  readSources,
  sha256,
  type SavedFiles,
} from '../dom/page-facts';
import type { Inputs } from './inputs';

/** Changes held against the pages that both runs saved, as facts are. */

export interface Unproven {
  /** Of the change in the file. */
  index: number;
  side: 'was' | 'is';
}

export interface ChangeProofs {
  unproven: Unproven[];
  /** Changes whose earlier page can't be read any more: what it said is as it was read before the gate. */
  unread: number;
}

interface Told extends Unproven {
  said: ChangeSide;
}
type Verdict = 'proven' | 'unproven' | 'unread';

function sidesOf({ changes }: ChangesFile, side: Told['side']): Told[] {
  return changes.flatMap((change, index) => {
    const said = change[side];
    return said ? [{ index, side, said }] : [];
  });
}

/** What a price that crept is held against. */
function sinceSides({ changes }: ChangesFile): Told[] {
  return changes.flatMap(({ since }, index) =>
    since ? [{ index, side: 'was' as const, said: since.was }] : [],
  );
}

/** A bundle may hold some 10 MB: what stands in one file is judged together. */
function byFile(told: readonly Told[]): Told[][] {
  const files = new Map<string, Told[]>();
  for (const each of told) {
    const { url, view, workflowUid } = each.said;
    const key = JSON.stringify([url, view, workflowUid]);
    files.set(key, [...(files.get(key) ?? []), each]);
  }
  return [...files.values()];
}

interface Run {
  workflowUid: string;
  manifest: Manifest;
  files: SavedFiles;
  /** The page as an older run saw it; undefined where its record is gone or altered. */
  olderPage?: (said: ChangeSide) => Promise<PageRecord | undefined>;
}

const seenAt = ({ pages }: Manifest, { url }: ChangeSide) =>
  pages.find(page => page.url === url && !page.reason);

/** @throws FileGone, FileAltered where the file of the side is not there or not what its record says */
async function judge(of: readonly Told[], run: Run): Promise<Verdict[]> {
  const [{ said: first }] = of;
  const isOlder = first.workflowUid !== run.workflowUid;
  if (isOlder && !run.olderPage) return of.map(() => 'unproven');
  const page = isOlder
    ? await run.olderPage?.(first)
    : seenAt(run.manifest, first);
  if (isOlder && !page) return of.map(() => 'unread');
  const view = page && viewOf(page, first);
  if (!page || !view) return of.map(() => 'unproven');
  const sources = await readSources(page, view, run.files);
  return of.map(({ said }) =>
    isProven(said, sources) ? 'proven' : 'unproven',
  );
}

async function judgeBefore(
  of: readonly Told[],
  run: Run | undefined,
): Promise<Verdict[]> {
  if (!run) return of.map(() => 'unread');
  try {
    return await judge(of, run);
  } catch (error) {
    if (error instanceof FileGone || error instanceof FileAltered)
      return of.map(() => 'unread');
    throw error;
  }
}

/** What the earlier run saved, and what it knows of older ones; undefined where it can't be had. */
export async function runBefore(
  { comparedWith: { baseline } }: ChangesFile,
  deps: StepDeps,
): Promise<Run | undefined> {
  const earlier = baseline && (await readEarlier(baseline, deps));
  if (!earlier || 'reason' in earlier) return undefined;
  const readings = [...earlier.known.values()].flatMap(
    ({ lastObserved, readings: more }) => [
      ...(lastObserved ? [lastObserved] : []),
      ...more,
    ],
  );
  return {
    workflowUid: baseline.workflowUid,
    // Its own pages first: what stands in for one of them was seen by an older run, and values over time may be of its own.
    manifest: {
      ...earlier.manifest,
      pages: [...earlier.saved.pages, ...earlier.manifest.pages],
    },
    files: { store: filesOfRuns(deps.store) },
    async olderPage({ url, workflowUid }) {
      const reading = readings.find(
        one =>
          one.workflowUid === workflowUid &&
          one.key.includes(`/pages/${sha256(url)}/`),
      );
      return reading && readRecord(reading, deps.store);
    },
  };
}

/**
 * Which changes the saved pages do not prove. What this run saved must be there; what the earlier one saved may be gone since the gate.
 *
 * @throws RetryableError, PermanentError where this run's own pages are not what was approved
 */
export async function proveChanges(
  { changes: file, manifest }: Inputs,
  deps: StepDeps,
): Promise<ChangeProofs> {
  if (!file || file.changes.length === 0) return { unproven: [], unread: 0 };
  const unproven: Unproven[] = [];
  /** Indexes: of one change several sides may be gone. */
  const unread = new Set<number>();
  const now = { workflowUid: deps.job.workflowUid, manifest, files: deps };
  const before = await runBefore(file, deps);
  const groups = [
    ...byFile(sidesOf(file, 'is')).map(of => ({ of, run: now })),
    ...byFile([...sidesOf(file, 'was'), ...sinceSides(file)]).map(of => ({
      of,
      run: undefined,
    })),
  ];
  for (const { of, run } of groups) {
    deps.signal.throwIfAborted();
    const verdicts = await (run ? judge(of, run) : judgeBefore(of, before));
    of.forEach(({ index, side }, at) => {
      if (verdicts[at] === 'unproven') unproven.push({ index, side });
      if (verdicts[at] === 'unread') unread.add(index);
    });
  }
  return { unproven, unread: unread.size };
}
