import {
  factsFileSchema,
  pageRecordSchema,
  type Baseline,
  type Manifest,
  type PageHistory,
  type PageRecord,
  type Reading,
  type UnfitBaseline,
} from '@agentworkloads/api';
import { z } from 'zod';
import { TooLargeError } from '../../runtime/errors';
import { inChunks } from '../../runtime/in-chunks';
import type { StepDeps } from '../../runtime/step';
import {
  filesOfRuns,
  readBaseline,
  type NoBaseline,
  type PastFiles,
} from './baseline';
import { FileAltered, sha256 } from './page-facts';

/**
 * The earlier run as this one is held against it: a page that it did not see for sure stands as the last run before it that did saw it. Its
 * artifact `facts` says where; what was denied, timed out or is open stands in no such chain.
 */
export interface Earlier {
  baseline: Baseline;
  manifest: Manifest;
  /** As that run saved it. */
  saved: Manifest;
  /** Of the pages that an older run saw, by `urlSha256` in the manifest: where it saved them. */
  olderReadings: ReadonlyMap<string, Reading>;
  /** What is known of a page over time, by `urlSha256` in the manifest. */
  known: ReadonlyMap<string, PageHistory>;
  /** Addresses in the manifest of pages that an older run followed to, and that one did not. */
  followedBefore: ReadonlySet<string>;
  /** Why nothing is known over time, though it was saved; one sentence. */
  unknown?: string;
}

type Deps = Pick<StepDeps, 'job' | 'logger'> & { store: PastFiles };

/** Facts are read anew from the pages, so nobody needs those. */
const historyOnlySchema = z.object({ history: factsFileSchema.shape.history });

async function readHistory(
  baseline: Baseline,
  { store, job }: Deps,
): Promise<readonly PageHistory[] | string> {
  const { bucket, key, sha256: hash } = baseline.artifacts.facts;
  const body =
    bucket === job.bucket ? await historyFile(store, key) : undefined;
  if (body === 'too large')
    return 'What the earlier run knew of values over time is too large to be read; they begin anew.';
  if (!body)
    return 'What the earlier run knew of values over time is gone; they begin anew.';
  try {
    if (sha256(body) !== hash) throw new Error('another hash');
    const file = historyOnlySchema.parse(JSON.parse(body.toString('utf8')));
    return file.history ?? [];
  } catch {
    return 'What the earlier run knew of values over time was altered or can’t be read; they begin anew.';
  }
}

/** A run must not fail, and all after it, for what is a convenience. */
async function historyFile(
  store: PastFiles,
  key: string,
): Promise<Buffer | 'too large' | undefined> {
  try {
    return await filesOrNothing(store, key);
  } catch (error) {
    if (error instanceof TooLargeError) return 'too large';
    throw error;
  }
}

async function filesOrNothing(
  store: PastFiles,
  key: string,
): Promise<Buffer | undefined> {
  try {
    return (await filesOfRuns(store).get(key)) ?? undefined;
  } catch (error) {
    if (error instanceof FileAltered) return undefined;
    throw error;
  }
}

/**
 * The record of a page as that run saw it, held to its hash.
 * @returns undefined where it is gone or altered
 * @throws RetryableError where object storage is away
 */
export async function readRecord(
  { key, sha256: hash }: Reading,
  store: PastFiles,
): Promise<PageRecord | undefined> {
  const body = await filesOrNothing(store, key);
  if (!body || sha256(body) !== hash) return undefined;
  try {
    return pageRecordSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Seen by nobody any more: a record of a page that was observed, without files. */
function lost({ url, urlSha256 }: PageRecord, { at }: Reading): PageRecord {
  return {
    url,
    urlSha256,
    fetchedAt: at,
    redirects: [],
    blocked: [],
    shots: [],
  };
}

/** Where another run saw the page: this one did not, or not for sure. */
function olderReading(
  entry: PageHistory | undefined,
  { workflowUid }: Manifest,
): Reading | undefined {
  const { lastObserved } = entry ?? {};
  return lastObserved?.workflowUid === workflowUid ? undefined : lastObserved;
}

/** A page as this run is held against it. */
interface SeenPage {
  record: PageRecord;
  /** Where another run saved it. */
  older?: Reading;
  entry?: PageHistory;
  /** By an older run, and not by that one. */
  followed?: boolean;
}

/** Pages of the run in the order of its manifest, then those that older runs followed to and that one did not. */
async function seenPages(
  manifest: Manifest,
  history: readonly PageHistory[],
  store: PastFiles,
): Promise<SeenPage[]> {
  const byUrl = new Map(history.map(entry => [entry.url, entry]));
  const itsOwn = await inChunks(manifest.pages, async page => {
    const entry = byUrl.get(page.url);
    const older = olderReading(entry, manifest);
    if (!older) return { record: page, entry };
    const record = await readRecord(older, store);
    return { record: record ?? lost(page, older), older, entry };
  });
  for (const { url } of manifest.pages) byUrl.delete(url);
  const ofOthers = await inChunks([...byUrl.values()], async entry => {
    const { lastObserved: older } = entry;
    const record = older && (await readRecord(older, store));
    return record && { record, older, entry, followed: true };
  });
  return [...itsOwn, ...ofOthers.filter(page => page !== undefined)];
}

/**
 * @returns the run, or why it can't be compared with
 * @throws RetryableError where object storage is away
 */
export async function readEarlier(
  baseline: Baseline | UnfitBaseline,
  deps: Deps,
): Promise<Earlier | NoBaseline> {
  if ('unfit' in baseline)
    return { reason: 'BASELINE_UNFIT', detail: baseline.unfit };
  const manifest = await readBaseline(baseline, deps);
  if ('reason' in manifest) return manifest;
  const history = await readHistory(baseline, deps);
  if (typeof history === 'string')
    return {
      baseline,
      manifest,
      saved: manifest,
      olderReadings: new Map(),
      known: new Map(),
      followedBefore: new Set(),
      unknown: history,
    };
  const pages = await seenPages(manifest, history, deps.store);
  return {
    baseline,
    manifest: { ...manifest, pages: pages.map(({ record }) => record) },
    saved: manifest,
    olderReadings: new Map(
      pages.flatMap(({ record, older }) =>
        older ? [[record.urlSha256, older]] : [],
      ),
    ),
    known: new Map(
      pages.flatMap(({ record, entry }) =>
        entry ? [[record.urlSha256, entry]] : [],
      ),
    ),
    followedBefore: new Set(
      pages.flatMap(({ record, followed }) => (followed ? [record.url] : [])),
    ),
  };
}
