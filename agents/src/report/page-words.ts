import type { PageContent } from '@agentworkloads/api';
import { clean } from './display';

/** Main contents of the run's pages by URL. */
export type PageContents = ReadonlyMap<string, PageContent>;

/** Characters of a page's words in a report: enough to see what the page is about; the whole stands in its `content.md`. */
const MAX_WORDS = 1200;

/**
 * How a page's main content begins, as a visitor sees it: one line, cut between words with "…". Empty where the content is not known.
 * Not cleaned for a format: the renderers escape it as they do all that comes from a page.
 */
export function pageWords(content: PageContent | undefined): string {
  const words: string[] = [];
  let length = 0;
  for (const { text, start } of content?.parts ?? []) {
    if (start === undefined) continue;
    const part = clean(text, MAX_WORDS + 1);
    if (!part) continue;
    words.push(part);
    length += part.length + 1;
    if (length > MAX_WORDS) break;
  }
  const line = words.join(' ');
  if (line.length <= MAX_WORDS) return line;
  const cut = line.lastIndexOf(' ', MAX_WORDS - 2);
  return `${line.slice(0, cut > MAX_WORDS / 2 ? cut : MAX_WORDS - 2)} …`;
}
