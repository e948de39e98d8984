import {
  PAGE_FILES,
  pageKey,
  pageRecordSchema,
  type PageFile,
  type PageRecord,
  type Shot,
} from '@agentic/api';
import type { StepDeps } from '../../runtime/step';
import { COLLECTOR } from './collector';
import { contentFiles } from './content-files';
import { withoutCredentials, type NotObserved } from './outcome';
import { sha256 } from './sha256';
import type { RawShot } from './shoot';
import type { Observation } from './visit';

export { sha256 };

const TYPES: Record<PageFile, string> = {
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

/** Stores all files of a page; page.json last, so that its presence means a whole bundle. */
export async function saveObservation(
  url: string,
  seen: Observation,
  deps: StepDeps,
): Promise<PageOutcome> {
  const urlSha256 = sha256(url);
  const put = (file: PageFile, body: string | Buffer) =>
    deps.store.put(pageKey(deps.job, urlSha256, file), body, {
      contentType: TYPES[file],
    });
  const putShot = async (
    kind: 'desktop' | 'mobile',
    raw: RawShot | undefined,
  ): Promise<Shot[]> => {
    if (!raw) return [];
    const { key, sha256, bytes } = await put(PAGE_FILES[kind], raw.body);
    const { width, height, truncated } = raw;
    return [{ kind, key, sha256, width, height, bytes, truncated }];
  };
  const content = contentFiles(url, seen, deps);
  const [html, text, layout, desktop, mobile, parts, markdown] =
    await Promise.all([
      put(PAGE_FILES.html, seen.collected.html),
      put(PAGE_FILES.text, seen.collected.text),
      put(PAGE_FILES.layout, JSON.stringify(seen.collected.layout)),
      putShot('desktop', seen.desktop),
      putShot('mobile', seen.mobile),
      content && put(PAGE_FILES.content, content.json),
      content && put(PAGE_FILES.markdown, content.markdown),
    ]);
  return saveRecord(
    {
      url,
      urlSha256,
      finalUrl: seen.finalUrl,
      status: seen.status,
      ...(seen.collected.truncated
        ? {
            detail: 'The page is larger than what is read; its end is missing.',
          }
        : {}),
      redirects: seen.redirects.slice(0, 30),
      title: seen.collected.title,
      lang: seen.collected.lang,
      fetchedAt: deps.clock.now().toISOString(),
      textKey: text.key,
      textSha256: text.sha256,
      htmlKey: html.key,
      htmlSha256: html.sha256,
      layoutKey: layout.key,
      layoutSha256: layout.sha256,
      ...(parts && { contentKey: parts.key, contentSha256: parts.sha256 }),
      ...(markdown && {
        markdownKey: markdown.key,
        markdownSha256: markdown.sha256,
      }),
      collector: COLLECTOR,
      blocked: seen.blocked,
      shots: [...desktop, ...mobile],
    },
    deps,
  );
}

export function saveNotObserved(
  url: string,
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
      blocked: outcome.blocked ?? [],
      shots: [],
    },
    deps,
  );
}

async function saveRecord(
  record: PageRecord,
  deps: StepDeps,
): Promise<PageOutcome> {
  const stored = await deps.store.put(
    pageKey(deps.job, record.urlSha256, PAGE_FILES.page),
    `${JSON.stringify(record, null, 2)}\n`,
    { contentType: TYPES['page.json'] },
  );
  return {
    urlSha256: record.urlSha256,
    recordSha256: stored.sha256,
    observed: !record.reason,
  };
}
