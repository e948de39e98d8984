/** What the step Scrape logs of each page when it is done with it; `agents/src/steps/scrape`. */
const DONE =
  /"urlSha256":"([0-9a-f]+)".*"msg":"page (?:(?:not )?observed"|was saved before)/;

/**
 * How many pages the log so far tells of, each counted once.
 * @returns undefined when it tells of none
 */
export function pagesDone(lines: readonly string[]): number | undefined {
  const done = new Set<string>();
  for (const line of lines) {
    const match = DONE.exec(line);
    if (match) {
      done.add(match[1]);
    }
  }
  return done.size || undefined;
}
