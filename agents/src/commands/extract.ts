import { availableParallelism } from 'node:os';
import type { Consent, Fact } from '@agentworkloads/api';
import type { BrowserLauncher } from '../clients/browser';
import { mainContent } from '../content/main-content';
import { factsOf, noteOnPrices, type WholePage } from './bundle';
import type { CommandEnv } from './command-env';
import { readSavedPage } from './saved-page';

/** One line of `extract`. */
export interface ExtractedPage {
  file: string;
  title: string;
  /** The text without the page's frame; of a page that drew nothing, that of its source. */
  mainContent: string;
  /** Of all views: a fact of another state or a frame names it. */
  facts: Fact[];
  /** What of the page was not read; absent where there is nothing to say. */
  notes?: readonly string[];
  /** What was answered to a layer over the page; absent where none stood there. */
  consent?: Consent;
  /** Why there is nothing, where the page could not be read. */
  reason?: string;
  detail?: string;
}

/** More pages than processors: a page waits most of the time for its own timers. */
const PAGES_FOR_EACH_PROCESSOR = 3;

function toLine(file: string, page: WholePage): ExtractedPage {
  const { bundle } = page;
  const { reason, detail, title, consent } = bundle.page;
  const facts = factsOf(page);
  const main = bundle.html ? mainContent(bundle).text : '';
  const notes = [...page.notes, ...noteOnPrices(page, facts)];
  if (!main.trim() && bundle.text.trim())
    notes.push('No main content was found in the text of the page.');
  return {
    file,
    title: title ?? '',
    mainContent: main,
    facts,
    ...(notes.length > 0 ? { notes } : {}),
    ...(consent ? { consent } : {}),
    ...(reason ? { reason, detail } : {}),
  };
}

/** One line for every reader: some take U+2028 and U+2029, which JSON leaves as they are, for the end of it. */
const toJsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u2028\u2029]/g,
    mark => `\\u${mark.charCodeAt(0).toString(16)}`,
  );

/**
 * Reads files in one browser, several at a time, and writes one line for each, in their order.
 * @returns how many could not be read
 */
export async function extractFiles(
  files: readonly string[],
  browser: BrowserLauncher,
  env: CommandEnv,
  write: (line: string) => void,
): Promise<number> {
  const width =
    env.EXTRACT_CONCURRENCY ??
    availableParallelism() * PAGES_FOR_EACH_PROCESSOR;
  const done: (ExtractedPage | undefined)[] = [];
  let written = 0;
  let next = 0;
  let failed = 0;
  const worker = async () => {
    for (let index = next++; index < files.length; index = next++) {
      const page = await readSavedPage(await browser.get(), files[index], env);
      const line = toLine(files[index], page);
      if (line.reason) failed += 1;
      done[index] = line;
      while (done[written]) {
        write(toJsonLine(done[written]));
        done[written] = undefined;
        written += 1;
      }
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(width, files.length) }, worker),
  );
  return failed;
}
