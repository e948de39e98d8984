import type { Outline, Run } from '../page/outline';

/** Small raised digits behind an amount: cents, or the number of a note. */

/** "1", "2,3": nobody writes cents so. */
const NUMBERS_OF_NOTES = /^\d(?:\s?[,;]\s?\d)*$/;
/** "99.50", "1.299,00": an amount that has its cents already. */
const WHOLE_WITH_CENTS = /[.,]\d{2}$/;

const known = new WeakMap<Outline, ReadonlySet<string>>();

/** "(12)", "12)" with words behind it, where a line or a sentence begins. */
const MARKED =
  /(?:^|[\n.;] ?)(?:[([](\d{1,2})[)\]]|(\d{1,2})[)\]]) ?(?=\p{L})/gu;

function readNotes({ flat, runs }: Outline): Set<string> {
  const notes = new Set<string>();
  for (const [, inBrackets, behind] of flat.matchAll(MARKED))
    notes.add(inBrackets ?? behind);
  for (const run of runs) {
    const next = runs[run.index + 1];
    const begins = /(?:^|[\n.;] ?)$/.test(
      flat.slice(Math.max(0, run.start - 2), run.start),
    );
    // A raised "12" with words behind it.
    if (
      begins &&
      run.tag === 'sup' &&
      /^\d{1,2}$/.test(run.text) &&
      next &&
      /^\p{L}/u.test(next.text) &&
      !flat.slice(run.end, next.start).includes('\n')
    )
      notes.add(run.text);
  }
  return notes;
}

/**
 * Whether raised digits behind an amount are the number of a note, and no cents.
 * @param amount what is written before them, with its mark
 * @param raised as they are written
 */
export function isNoteNumber(
  outline: Outline,
  amount: string,
  raised: Pick<Run, 'text' | 'tag'>,
): boolean {
  const text = raised.text.replace(/[()[\]*\s]/g, '');
  if (NUMBERS_OF_NOTES.test(text)) return true;
  if (!/^\d{2}$/.test(text)) return false;
  if (WHOLE_WITH_CENTS.test(amount.replace(/[^\d.,]/g, ''))) return true;
  let notes = known.get(outline);
  if (!notes) known.set(outline, (notes = readNotes(outline)));
  return notes.has(text);
}
