import type { Box } from '@agentworkloads/api';
import { runsBetween, type Outline } from '../page/outline';
import type { Line } from './terms-beside';

/** Amounts that are spoken of, and not set out as prices. */

const PROSE_WORDS = 8;
const FOOTNOTE = /^\s{0,3}[*†‡¹²³§]/;
/** Their full stop ends no sentence. */
const ABBREVIATED =
  /(?<!\p{L})(?:zzgl|inkl|incl|excl|exkl|exc|inc|ca|max|min|bzw|mind|ggf|tel|nr|no|st|approx|ekskl|vč|bez|śr|maks|od|per)\. /giu;

/** Many words around an amount that is not set apart from them by its size. */
export function isProse(
  outline: Outline,
  line: Line,
  start: number,
  end: number,
  box: Box,
): boolean {
  const around = `${outline.flat.slice(line.start, start)} ${outline.flat.slice(
    Math.min(end, line.end),
    line.end,
  )}`;
  const words = around.split(/\s+/).filter(word => /\p{L}/u.test(word)).length;
  if (FOOTNOTE.test(outline.flat.slice(line.start, start))) return true;
  const sentences = /\p{L}{2}(?:[.?!] +|[。！？]\s?)\p{L}/u.test(
    around.replace(ABBREVIATED, ''),
  );
  if (words <= PROSE_WORDS && !sentences) return false;
  const other = runsBetween(outline, line.start, line.end).find(
    run => run.end <= start || run.start >= end,
  );
  const own = runsBetween(outline, start, end)[0];
  return !(
    other &&
    own &&
    own.fontSize >= other.fontSize * 1.4 &&
    box.height > 0
  );
}

const LEADS_ON =
  /(?<!\b(?:as low|starting|billed|price) )\b(?:of|over|under|above|below|by|with|about|in|such as|like|around|than)\s{1,2}$/i;
const GOES_ON = /^\s{1,2}(?!or\b|and\b|to\b)\p{Ll}{2,}\s\p{Ll}+(?:\s\S+){2}/u;

/** "Invoices over $10,000 now need two approvals": an amount that is spoken of in passing. */
export function isPassing(before: string, after: string): boolean {
  return (
    LEADS_ON.test(before) || (/\p{L}/u.test(before) && GOES_ON.test(after))
  );
}

/** "1 € = 1.95583 лв.", "10 users = $90": a rate, or what an example comes to. */
export const isEquated = (
  flat: string,
  line: Line,
  { start, end }: { start: number; end: number },
): boolean =>
  /=\s{0,2}$/.test(flat.slice(Math.max(line.start, start - 4), start)) ||
  /^\s{0,2}=/.test(flat.slice(end, Math.min(line.end, end + 4)));
