import {
  manifestSchema,
  PAGE_FILES,
  pageKey,
  runPrefix,
  viewsOf,
  type EvidenceRecord,
  type Manifest,
  type PageRecord,
} from '@agentworkloads/api';
import { PermanentError } from '../../runtime/errors';
import { inChunks } from '../../runtime/in-chunks';
import type { StepDeps } from '../../runtime/step';
import {
  CONTENT_TYPES,
  sha256,
  storedRecord,
  type PageOutcome,
  type Target,
} from './bundle';
import { targetsOf, type Followed } from './follow';
import { ofSecondLook } from './second-look';

/**
 * The pages of a run whose gate ran out of time, copied into this run in place of a visit. Each object is held to the hash that the manifest
 * of that run has of it, and the manifest to the one that the operator recorded: nothing else can be decided on.
 */

const AGAIN =
  'Ask for a new run without evidenceFrom: that one visits the pages.';

const altered = (run: string, what: string) =>
  new PermanentError(
    `What run ${run} saved is not what its gate was open with: ${what} does not have the hash that was recorded. Nothing of it was used. ${AGAIN}`,
  );

const gone = (run: string, what: string) =>
  new PermanentError(
    `What run ${run} saved is no longer in object storage: ${what} is missing. ${AGAIN}`,
  );

/** @throws PermanentError where it is gone, altered or of other pages. @throws RetryableError where object storage is away */
export async function readReused(
  { name, workflowUid, artifacts }: EvidenceRecord,
  deps: Pick<StepDeps, 'job' | 'store'>,
): Promise<Manifest> {
  const { bucket, key, sha256: hash } = artifacts.manifest;
  if (bucket !== deps.job.bucket)
    throw new PermanentError(
      `What run ${name} saved is in bucket "${bucket}", and this run reads "${deps.job.bucket}" only. ${AGAIN}`,
    );
  // Throws where it is another run's.
  restOf(key, workflowUid, deps);
  const body = await deps.store.get(key);
  if (!body) throw gone(name, 'its list of pages');
  if (sha256(body) !== hash) throw altered(name, 'its list of pages');
  const manifest = readManifest(body);
  if (!manifest)
    throw new PermanentError(
      `The list of pages of run ${name} can't be read by this version. ${AGAIN}`,
    );
  const seen = manifest.pages.filter(({ followedFrom }) => !followedFrom);
  const asked = targetsOf(deps);
  if (JSON.stringify(seen.map(({ url }) => url)) !== JSON.stringify(asked))
    throw new PermanentError(
      `Run ${name} was about other pages than this one. Give spec.targetUrls as that run has them, in the same order.`,
    );
  return manifest;
}

function readManifest(body: Buffer): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** The part of a key behind the run's own folder: only that run's objects are read, whatever its manifest names. */
function restOf(
  key: string,
  workflowUid: string,
  { job: { namespace } }: Pick<StepDeps, 'job'>,
): string {
  // Runs of before are filed without their namespace.
  const place = [{ namespace, workflowUid }, { workflowUid }]
    .map(runPrefix)
    .find(prefix => key.startsWith(prefix));
  const rest = place && key.slice(place.length);
  if (rest && !rest.split('/').some(part => ['', '.', '..'].includes(part)))
    return rest;
  throw new PermanentError(
    `The manifest of Workflow ${workflowUid} names an object of another run: ${key.slice(
      0,
      200,
    )}. Nothing of it was used. ${AGAIN}`,
  );
}

interface SavedFile {
  key: string;
  sha256: string;
  type: string;
}

/** Every object that a page's record names, its second look aside. */
function filesOf(page: PageRecord): SavedFile[] {
  const all = [
    ...viewsOf(page).flatMap(view => [
      ...file('page.html', view.htmlKey, view.htmlSha256),
      ...file('page.txt', view.textKey, view.textSha256),
      ...file('layout.json', view.layoutKey, view.layoutSha256),
      ...view.shots.flatMap(screenshot),
    ]),
    ...page.shots.flatMap(screenshot),
    ...file('content.json', page.contentKey, page.contentSha256),
    ...file('content.md', page.markdownKey, page.markdownSha256),
  ];
  return [...new Map(all.map(one => [one.key, one])).values()];
}

function file(
  name: keyof typeof CONTENT_TYPES,
  key: string | undefined,
  hash: string | undefined,
): SavedFile[] {
  return key && hash ? [{ key, sha256: hash, type: CONTENT_TYPES[name] }] : [];
}

const screenshot = ({ key, sha256: hash }: PageRecord['shots'][number]) =>
  file('desktop.webp', key, hash);

/** The record with the places of the copies. The hashes stay, for the bytes do. */
function movedTo(page: PageRecord, move: (key: string) => string): PageRecord {
  const moved = <T extends object>(holder: T): T =>
    Object.fromEntries(
      Object.entries(holder).map(([field, value]) => [
        field,
        field.endsWith('Key') || field === 'key'
          ? move(value as string)
          : value,
      ]),
    ) as T;
  const { secondLook: _its, ...record } = page;
  return {
    ...moved(record),
    ...(page.views && {
      views: page.views.map(view => ({
        ...moved(view),
        shots: view.shots.map(moved),
      })),
    }),
    shots: page.shots.map(moved),
  };
}

/** One look at a page: its files first, its record last, so that the record's presence means a whole copy. */
async function copyLook(
  page: PageRecord,
  { name, workflowUid }: EvidenceRecord,
  deps: StepDeps,
  ofLook: StepDeps,
): Promise<PageOutcome> {
  const move = (key: string) =>
    runPrefix(deps.job) + restOf(key, workflowUid, deps);
  const record = `${JSON.stringify(movedTo(page, move), null, 2)}\n`;
  const recordSha256 = sha256(record);
  const { urlSha256 } = page;
  const outcome = { urlSha256, recordSha256, observed: !page.reason };
  const known = await storedRecord(page.url, ofLook);
  // Another record at its place is not what the manifest was held to, whoever wrote it.
  if (known?.sha256 === recordSha256) return outcome;
  for (const file of filesOf(page)) {
    deps.signal.throwIfAborted();
    const to = move(file.key);
    const body = await deps.store.get(file.key);
    const what = `an object of the page ${page.url.slice(0, 200)}`;
    if (!body) throw gone(name, what);
    if (sha256(body) !== file.sha256) throw altered(name, what);
    await deps.store.put(to, body, {
      contentType: file.type,
      sha256: file.sha256,
    });
  }
  await ofLook.store.put(
    pageKey(deps.job, urlSha256, PAGE_FILES.page),
    record,
    { contentType: CONTENT_TYPES['page.json'] },
  );
  return outcome;
}

/** What the graph keeps of a run that visits nothing. */
export interface ReusedPages {
  outcomes: Record<string, PageOutcome>;
  secondOutcomes: Record<string, PageOutcome>;
  followed: Followed[];
  again: Target[];
}

/** @throws as {@link readReused} does */
export async function reusePages(
  evidence: EvidenceRecord,
  deps: StepDeps,
): Promise<ReusedPages> {
  const { pages } = await readReused(evidence, deps);
  const second = ofSecondLook(deps);
  const copies = await inChunks(pages, async page => ({
    again:
      page.secondLook &&
      (await copyLook(page.secondLook, evidence, deps, second)),
    first: await copyLook(page, evidence, deps, deps),
  }));
  const byPage = (outcomes: PageOutcome[]) =>
    Object.fromEntries(outcomes.map(one => [one.urlSha256, one]));
  deps.logger.info(
    { run: evidence.seenIn, seenAt: evidence.seenAt, pages: pages.length },
    'the saved pages of an earlier run are used, none is visited',
  );
  return {
    outcomes: byPage(copies.map(({ first }) => first)),
    secondOutcomes: byPage(copies.flatMap(({ again }) => again ?? [])),
    followed: pages.flatMap(({ url, followedFrom: from }) =>
      from ? [{ url, from }] : [],
    ),
    again: pages.flatMap(({ url, secondLook }) =>
      secondLook ? [{ url }] : [],
    ),
  };
}
