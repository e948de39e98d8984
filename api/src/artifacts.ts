/** Object keys. Nothing of a URL's text goes into a key: pages are filed under the sha256 of their URL. */

/** Whose objects: of one Workflow in its namespace, which S3 rules can tell apart by the beginning of their keys. */
export interface RunPlace {
  /** Absent: filed as before namespaces stood in keys. */
  namespace?: string;
  workflowUid: string;
}

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const UID = /^[A-Za-z0-9-]{1,64}$/;
const SHA256 = /^[0-9a-f]{64}$/;

function assertPart(value: string, pattern: RegExp, what: string): void {
  if (!pattern.test(value)) {
    throw new RangeError(
      `${what} "${value.slice(0, 80)}" can't be part of an object key`,
    );
  }
}

/** Everything of one run, ending in `/`. */
export function runPrefix({ namespace, workflowUid }: RunPlace): string {
  assertPart(workflowUid, UID, 'workflow uid');
  if (namespace === undefined) return `runs/${workflowUid}/`;
  assertPart(namespace, NAMESPACE, 'namespace');
  return `runs/${namespace}/${workflowUid}/`;
}

/** The bundle of one page, ending in `/`. `urlSha256` is the hex sha256 of the URL as it stands in the spec. */
export function pagePrefix(run: RunPlace, urlSha256: string): string {
  assertPart(urlSha256, SHA256, 'sha256');
  return `${runPrefix(run)}pages/${urlSha256}/`;
}

/** Files of a page bundle. */
export const PAGE_FILES = {
  /** The page after load, UTF-8. */
  html: 'page.html',
  /** The visible text, UTF-8; facts point into it by UTF-16 units. */
  text: 'page.txt',
  /** JSON of {@link PageLayout}: boxes of the text, structured data, hidden text. */
  layout: 'layout.json',
  /** The main content, without the page's frame: Markdown for people and models, and JSON of {@link PageContent}. */
  markdown: 'content.md',
  content: 'content.json',
  /** JSON of the manifest's entry for this page; written last, so its presence means a whole bundle. */
  page: 'page.json',
  /** Says that the page is being visited, or was left without an end; nothing of a report. */
  visit: 'visit.json',
  desktop: 'desktop.webp',
  mobile: 'mobile.webp',
} as const;
export type PageFile = (typeof PAGE_FILES)[keyof typeof PAGE_FILES];

export function pageKey(
  run: RunPlace,
  urlSha256: string,
  file: PageFile,
): string {
  return pagePrefix(run, urlSha256) + file;
}

/** A file of another view than the page as loaded; `view` is the id in the page's record. */
export function viewKey(
  run: RunPlace,
  urlSha256: string,
  view: string,
  file: PageFile,
): string {
  assertPart(view, /^[a-z][a-z0-9-]{0,39}$/, 'view');
  return `${pagePrefix(run, urlSha256)}views/${view}/${file}`;
}

/** A thumbnail or tile that `screenshot` made, beside the page's bundle. */
export function shotKey(
  run: RunPlace,
  urlSha256: string,
  file: string,
): string {
  assertPart(file, /^[a-z0-9-]{1,40}\.(webp|png|jpg)$/, 'file name');
  return `${pagePrefix(run, urlSha256)}shots/${file}`;
}
