import { createHash } from 'node:crypto';
import {
  factSchema,
  pageLayoutSchema,
  pagePrefix,
  viewsOf,
  type Fact,
  type PageLayout,
  type PageRecord,
  type PageView,
} from '@agentworkloads/api';
import { z } from 'zod';
import type { PageBundle } from '@agentworkloads/facts';
import {
  describeError,
  PermanentError,
  RetryableError,
} from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';

type Deps = Pick<StepDeps, 'store' | 'job'>;
/** Where saved files are read from: this run's, or those of another. */
export interface SavedFiles {
  store: Pick<StepDeps['store'], 'get'>;
}

const FACTS_FILE = 'facts.json';
/** Beside it: facts of the page as an earlier run saved it. */
export const BEFORE_FILE = 'facts-before.json';
/** Facts of the page as a second visit saw it. */
export const SECOND_FILE = 'facts-second-look.json';
export const BEFORE_SECOND_FILE = 'facts-before-second-look.json';

/** A saved file is not in object storage. Of this run's own, another attempt may find it. */
export class FileGone extends RetryableError {}
/** What is saved is not what the manifest says, or can't be read. */
export class FileAltered extends PermanentError {}
const factsSchema = z.array(factSchema);

export function sha256(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

/** An object of a bundle, proven to be the one that the manifest names. */
export async function readProven(
  deps: SavedFiles,
  key: string | undefined,
  hash: string | undefined,
  url: string,
): Promise<string> {
  const where = `of ${url.slice(0, 200)}`;
  if (!key || !hash)
    throw new FileAltered(
      `The manifest names no saved text, HTML, layout or content ${where}; run scrape again.`,
    );
  const body = await deps.store.get(key);
  if (!body)
    throw new FileGone(
      `A saved file ${where} is not in object storage: ${key}`,
    );
  if (sha256(body) !== hash)
    throw new FileAltered(
      `A saved file ${where} does not have the hash that the manifest gives: ${key}`,
    );
  return body.toString('utf8');
}

/** The page's record as that view has it: its facts are proven by the files of the view. */
export const pageOfView = (page: PageRecord, view: PageView): PageRecord => ({
  ...page,
  textKey: view.textKey,
  textSha256: view.textSha256,
  htmlKey: view.htmlKey,
  htmlSha256: view.htmlSha256,
  layoutKey: view.layoutKey,
  layoutSha256: view.layoutSha256,
});

/** What a page was seen as. @throws FileAltered where an observed page has nothing */
export function savedViews(page: PageRecord): PageView[] {
  const views = viewsOf(page);
  if (views.length > 0) return views;
  throw new FileAltered(
    `The manifest names no saved text, HTML or layout of ${page.url.slice(
      0,
      200,
    )}; run scrape again.`,
  );
}

/**
 * Text and HTML of one view of an observed page, as scrape saved them.
 * @throws FileAltered when a file is not what the manifest says, FileGone when it is not there.
 */
export async function readSources(
  page: PageRecord,
  view: PageView,
  deps: SavedFiles,
): Promise<Pick<PageBundle, 'page' | 'text' | 'html'>> {
  const [text, html] = await Promise.all([
    readProven(deps, view.textKey, view.textSha256, page.url),
    readProven(deps, view.htmlKey, view.htmlSha256, page.url),
  ]);
  return { page: pageOfView(page, view), text, html };
}

function parseLayout(text: string, url: string): PageLayout {
  try {
    return pageLayoutSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new FileAltered(
      `The saved layout of ${url.slice(0, 200)} can't be read: ${describeError(
        error,
      )}`,
    );
  }
}

/** The whole bundle of one view. Throws as {@link readSources} does. */
export async function readBundle(
  page: PageRecord,
  view: PageView,
  deps: SavedFiles,
): Promise<PageBundle> {
  const [sources, layout] = await Promise.all([
    readSources(page, view, deps),
    readProven(deps, view.layoutKey, view.layoutSha256, page.url),
  ]);
  return { ...sources, layout: parseLayout(layout, page.url) };
}

export async function savePageFacts(
  page: PageRecord,
  facts: readonly Fact[],
  deps: Deps,
  file = FACTS_FILE,
): Promise<{ key: string; sha256: string }> {
  const put = await deps.store.put(
    pagePrefix(deps.job, page.urlSha256) + file,
    `${JSON.stringify(facts)}\n`,
    { contentType: 'application/json' },
  );
  return { key: put.key, sha256: put.sha256 };
}

/** @throws RetryableError when the facts are gone or are not those that the state names. */
export async function readPageFacts(
  stored: { key: string; sha256: string },
  deps: Deps,
): Promise<Fact[]> {
  const body = await deps.store.get(stored.key);
  if (!body || sha256(body) !== stored.sha256)
    throw new RetryableError(
      `The facts of a page are not in object storage as they were saved: ${stored.key}`,
    );
  return factsSchema.parse(JSON.parse(body.toString('utf8')));
}
