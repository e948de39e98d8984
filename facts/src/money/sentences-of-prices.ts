import { COST_VERBS, NAME_LEADS } from '../vocabulary/labels';
import { lexiconOf, lowerCase } from '../vocabulary/words';

/** "The Explorer plan costs $12 a month": sentences that name what they price. */

const VERBS = lexiconOf(COST_VERBS);
const LEADS = lexiconOf(NAME_LEADS);
/** Between the verb and the amount. */
const ONLY =
  /^(?:\s(?:only|just|from|nur|ab|seulement|solo|apenas|slechts|bara|kun|vain))?\s*[:]?\s*$/i;
const SHORT_VERBS = /(?:^|\s)(?:is|est à|vale|ára)$/;

/** Longer than any verb with what {@link ONLY} lets follow it: all that stands before is not looked through. */
const MAX_END = 100;

function verbEnd(text: string): number | undefined {
  const from = Math.max(0, text.length - MAX_END);
  const last = text.slice(from);
  const end = VERBS.endsIn(lowerCase(last)).find(at =>
    ONLY.test(last.slice(at)),
  );
  return end === undefined ? undefined : from + end;
}

/** True for "Das Abo Klein kostet": the start of a sentence, and no name. */
export function endsInCostVerb(text: string): boolean {
  return (
    text.includes(' ') &&
    verbEnd(text) !== undefined &&
    !SHORT_VERBS.test(text.trim().toLowerCase())
  );
}

/** The name before the verb, without articles and words for "plan"; undefined where nothing that could be one is left. */
export function nameInSentence(before: string): string | undefined {
  const sentence = before.split(/[.!?;\n•|]\s*/).pop() ?? '';
  const end = verbEnd(sentence);
  if (end === undefined) return undefined;
  const said = sentence.slice(0, end).trim().split(/\s+/);
  // The verb may be of two words; what is left of it is a lead as well.
  let words = said;
  while (words.length > 0 && verbEnd(words.join(' ')) !== undefined)
    words = words.slice(0, -1);
  const isLead = (word: string) =>
    LEADS.has(lowerCase(word.replace(/[’'].*$/, '')));
  while (words.length > 1 && isLead(words[0])) words = words.slice(1);
  while (words.length > 1 && isLead(words[words.length - 1]))
    words = words.slice(0, -1);
  const name = words.join(' ').replace(/^["“„«]|["”»,]$/g, '');
  const named =
    words.length > 0 && words.length <= 4 && /^[\p{Lu}\p{Lo}\d]/u.test(name);
  return named && !isLead(name) ? name : undefined;
}
