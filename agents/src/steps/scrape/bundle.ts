import {
  PAGE_FILES,
  PAGE_VIEW,
  pageKey,
  pageRecordSchema,
  viewKey,
  type PageFile,
  type PageRecord,
  type PageView,
  type Shot,
} from '@agentworkloads/api';
import { findPricingLink } from '../../content/pricing-link';
import type { StepDeps } from '../../runtime/step';
import { COLLECTOR } from './collector';
import { contentFiles } from './content-files';
import { notesOfPage } from './notes';
import { isSignInForm } from './walls';
import { withoutCredentials, type NotObserved } from './outcome';
import { sha256 } from './sha256';
import type { RawShot } from './shoot';
import type { RawView } from './views';
import type { Observation } from './visit';

export { sha256 };

/** Of the files of a page; a screenshot has one type, whichever it is. */
export const CONTENT_TYPES: Record<PageFile, string> = {
  'page.html': 'text/html; charset=utf-8',
  'page.txt': 'text/plain; charset=utf-8',
  'layout.json': 'application/json',
  'content.md': 'text/markdown; charset=utf-8',
  'content.json': 'application/json',
  'page.json': 'application/json',
  'visit.json': 'application/json',
  'desktop.webp': 'image/webp',
  'mobile.webp': 'image/webp',
};

/** A page to visit. */
export interface Target {
  url: string;
  /** The page that names it; absent where the spec does. */
  from?: string;
}

/** What the graph's state keeps of a page. */
export interface PageOutcome {
  urlSha256: string;
  /** Of page.json. */
  recordSha256: string;
  observed: boolean;
}

/** The stored record of a page that an earlier attempt finished. */
export async function storedRecord(
  url: string,
  deps: Pick<StepDeps, 'store' | 'job'>,
): Promise<{ record: PageRecord; sha256: string } | undefined> {
  const body = await deps.store.get(
    pageKey(deps.job, sha256(url), PAGE_FILES.page),
  );
  if (!body) return undefined;
  try {
    const record = pageRecordSchema.parse(JSON.parse(body.toString('utf8')));
    return record.url === url ? { record, sha256: sha256(body) } : undefined;
  } catch {
    // Half of something or of an older version: the page is visited again.
    return undefined;
  }
}

/** What was collected in one way of seeing a page, stored. */
async function saveView(
  view: Pick<RawView, 'id' | 'state' | 'frame' | 'scrolled' | 'collected'>,
  shots: Promise<Shot[]>,
  put: Put,
): Promise<PageView> {
  const { collected, id, state, frame, scrolled } = view;
  const [html, text, layout, taken] = await Promise.all([
    put(id, PAGE_FILES.html, collected.html),
    put(id, PAGE_FILES.text, collected.text),
    put(id, PAGE_FILES.layout, JSON.stringify(collected.layout)),
    shots,
  ]);
  return {
    id,
    ...(state ? { state: state.slice(0, 120) } : {}),
    ...(frame ? { frame } : {}),
    ...(scrolled ? { scrolled } : {}),
    textKey: text.key,
    textSha256: text.sha256,
    htmlKey: html.key,
    htmlSha256: html.sha256,
    layoutKey: layout.key,
    layoutSha256: layout.sha256,
    shots: taken,
    truncated: collected.truncated,
  };
}

type Put = (
  view: string,
  file: PageFile,
  body: string | Buffer,
) => ReturnType<StepDeps['store']['put']>;

const putInto =
  (urlSha256: string, deps: StepDeps): Put =>
  (view, file, body) =>
    deps.store.put(
      view === PAGE_VIEW
        ? pageKey(deps.job, urlSha256, file)
        : viewKey(deps.job, urlSha256, view, file),
      body,
      { contentType: CONTENT_TYPES[file] },
    );

async function saveShot(
  view: string,
  kind: 'desktop' | 'mobile',
  raw: RawShot | undefined,
  put: Put,
): Promise<Shot[]> {
  if (!raw) return [];
  const { key, sha256, bytes } = await put(view, PAGE_FILES[kind], raw.body);
  const { width, height, truncated } = raw;
  return [{ kind, key, sha256, width, height, bytes, truncated }];
}

/** The page as loaded, then the others one after the other: each may be some MB. */
async function saveViews(seen: Observation, put: Put): Promise<PageView[]> {
  const both = Promise.all([
    saveShot(PAGE_VIEW, 'desktop', seen.desktop, put),
    saveShot(PAGE_VIEW, 'mobile', seen.mobile, put),
  ]);
  const { collected, loadedState } = seen;
  const views = [
    await saveView(
      { id: PAGE_VIEW, state: loadedState || undefined, collected },
      both.then(shots => shots.flat()),
      put,
    ),
  ];
  for (const view of seen.views)
    views.push(
      await saveView(
        view,
        saveShot(view.id, 'desktop', view.desktop, put),
        put,
      ),
    );
  return views;
}

const SIGN_IN_NOTE =
  'The page shows a form to sign in, and hardly anything else.';

/** Stores all files of a page; page.json last, so that its presence means a whole bundle. */
export async function saveObservation(
  { url, from }: Target,
  seen: Observation,
  deps: StepDeps,
): Promise<PageOutcome> {
  const urlSha256 = sha256(url);
  const put = putInto(urlSha256, deps);
  const content = contentFiles(url, seen, deps);
  const [views, parts, markdown] = await Promise.all([
    saveViews(seen, put),
    content && put(PAGE_VIEW, PAGE_FILES.content, content.json),
    content && put(PAGE_VIEW, PAGE_FILES.markdown, content.markdown),
  ]);
  const { truncated, text, layout } = seen.collected;
  const pricingLink = findPricingLink(seen.finalUrl, text, layout);
  const signIn = isSignInForm({
    ...seen.collected,
    finalUrl: seen.finalUrl,
  });
  const notes = notesOfPage(seen.collected, seen.views, [
    ...(signIn ? [SIGN_IN_NOTE] : []),
    ...seen.notes,
  ]);
  const [{ textKey, textSha256, htmlKey, htmlSha256, ...loaded }] = views;
  return saveRecord(
    {
      url,
      urlSha256,
      finalUrl: seen.finalUrl,
      status: seen.status,
      redirects: seen.redirects.slice(0, 30),
      title: seen.collected.title,
      lang: seen.collected.lang,
      fetchedAt: deps.clock.now().toISOString(),
      textKey,
      textSha256,
      htmlKey,
      htmlSha256,
      layoutKey: loaded.layoutKey,
      layoutSha256: loaded.layoutSha256,
      views,
      ...(truncated && { truncated }),
      ...(signIn && { signIn }),
      ...(seen.consent?.consent && { consent: seen.consent.consent }),
      ...(from && { followedFrom: from }),
      ...(pricingLink && { pricingLink }),
      ...(notes.length > 0 && { notes }),
      ...(parts && { contentKey: parts.key, contentSha256: parts.sha256 }),
      ...(markdown && {
        markdownKey: markdown.key,
        markdownSha256: markdown.sha256,
      }),
      collector: COLLECTOR,
      blocked: seen.blocked,
      shots: loaded.shots,
    },
    deps,
  );
}

export function saveNotObserved(
  { url, from }: Target,
  outcome: NotObserved,
  deps: StepDeps,
): Promise<PageOutcome> {
  return saveRecord(
    {
      url,
      urlSha256: sha256(url),
      ...(outcome.finalUrl
        ? { finalUrl: withoutCredentials(outcome.finalUrl) }
        : {}),
      ...(outcome.status ? { status: outcome.status } : {}),
      reason: outcome.reason,
      detail: outcome.detail.slice(0, 500),
      redirects: (outcome.redirects ?? []).map(withoutCredentials).slice(0, 30),
      fetchedAt: deps.clock.now().toISOString(),
      ...(from && { followedFrom: from }),
      blocked: outcome.blocked ?? [],
      shots: [],
    },
    deps,
  );
}

async function saveRecord(
  page: PageRecord,
  deps: StepDeps,
): Promise<PageOutcome> {
  const { sandboxed } = deps.browser.state;
  const record = sandboxed === undefined ? page : { ...page, sandboxed };
  const stored = await deps.store.put(
    pageKey(deps.job, record.urlSha256, PAGE_FILES.page),
    `${JSON.stringify(record, null, 2)}\n`,
    { contentType: CONTENT_TYPES['page.json'] },
  );
  return {
    urlSha256: record.urlSha256,
    recordSha256: stored.sha256,
    observed: !record.reason,
  };
}
