import { hostPort } from './page-monitor';
import type { RawView } from './views';

/** As many, and as long, as the record of a page holds. */
const MAX_NOTES = 30;
const MAX_CHARS = 300;

type Part = Pick<RawView, 'state' | 'frame' | 'scrolled'> & {
  collected: { truncated: boolean };
};

function partOf({ state, frame }: Part): string {
  if (state) return `What the page shows with “${state}” chosen`;
  if (frame)
    return /^https?:/.test(frame.url)
      ? `A frame of ${hostPort(frame.url)}`
      : 'A frame';
  return 'A part of a list that was scrolled to';
}

/** What is said of a part whose end is missing. */
const cut = (part: string, { truncated }: Part['collected']): string[] =>
  truncated ? [`${part} is larger than what is read; its end is missing.`] : [];

const short = (note: string): string =>
  note.length > MAX_CHARS ? `${note.slice(0, MAX_CHARS - 1)}…` : note;

/**
 * The notes of a page as its record holds them: what was cut off first, and in the place of the last one how many did not fit.
 * @param notes what was said while the page was read
 */
export function notesOfPage(
  loaded: Part['collected'],
  views: readonly Part[],
  notes: readonly string[],
): string[] {
  const all = [
    ...cut('The page', loaded),
    ...views.flatMap(view => cut(partOf(view), view.collected)),
    ...notes,
  ].map(short);
  if (all.length <= MAX_NOTES) return all;
  const kept = all.slice(0, MAX_NOTES - 1);
  const rest = all.length - kept.length;
  return [...kept, `${rest} more notes on this page were left out here.`];
}
