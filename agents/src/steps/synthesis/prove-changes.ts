import {
  viewOf,
  type ChangesFile,
  type ChangeSide,
  type Manifest,
} from '@agentworkloads/api';
import { isProven } from '@agentworkloads/facts';
import type { StepDeps } from '../../runtime/step';
import { filesOfRuns, readBaseline } from '../dom/baseline';
import {
  FileAltered,
  FileGone,
  readSources,
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

/** A bundle may hold some 10 MB: what stands in one file is judged together. */
function byFile(told: readonly Told[]): Told[][] {
  const files = new Map<string, Told[]>();
  for (const each of told) {
    const key = JSON.stringify([each.said.url, each.said.view]);
    files.set(key, [...(files.get(key) ?? []), each]);
  }
  return [...files.values()];
}

interface Run {
  workflowUid: string;
  manifest: Manifest;
  files: SavedFiles;
}

/** @throws FileGone, FileAltered where the file of the side is not there or not what the manifest says */
async function judge(of: readonly Told[], run: Run): Promise<Verdict[]> {
  const [{ said: first }] = of;
  const page = run.manifest.pages.find(
    each => each.url === first.url && !each.reason,
  );
  const view = page && viewOf(page, first);
  if (!page || !view) return of.map(() => 'unproven');
  const sources = await readSources(page, view, run.files);
  return of.map(({ said }) =>
    said.workflowUid === run.workflowUid && isProven(said, sources)
      ? 'proven'
      : 'unproven',
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

/** What the earlier run saved; undefined where it can't be had. */
export async function runBefore(
  { comparedWith: { baseline } }: ChangesFile,
  deps: StepDeps,
): Promise<Run | undefined> {
  const manifest = baseline && (await readBaseline(baseline, deps));
  if (!manifest || 'reason' in manifest) return undefined;
  const { workflowUid } = baseline;
  return { workflowUid, manifest, files: { store: filesOfRuns(deps.store) } };
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
  const proofs: ChangeProofs = { unproven: [], unread: 0 };
  if (!file || file.changes.length === 0) return proofs;
  const now = { workflowUid: deps.job.workflowUid, manifest, files: deps };
  const before = await runBefore(file, deps);
  const groups = [
    ...byFile(sidesOf(file, 'is')).map(of => ({ of, run: now })),
    ...byFile(sidesOf(file, 'was')).map(of => ({ of, run: undefined })),
  ];
  for (const { of, run } of groups) {
    deps.signal.throwIfAborted();
    const verdicts = await (run ? judge(of, run) : judgeBefore(of, before));
    of.forEach(({ index, side }, at) => {
      if (verdicts[at] === 'unproven') proofs.unproven.push({ index, side });
      if (verdicts[at] === 'unread') proofs.unread += 1;
    });
  }
  return proofs;
}
