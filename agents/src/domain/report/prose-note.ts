import type { Report } from '@agentic/api';

/** How the summary came to be, in words; plain text, to be escaped by who prints it. */
export function proseNote({ prose }: Pick<Report, 'prose'>): string {
  const model = prose.model ?? 'a model';
  const removed = prose.removedSentences;
  const were = removed === 1 ? 'was' : 'were';
  const refused = removed
    ? ` ${removed} of its choices ${were} not carried out, because the facts do not bear them.`
    : '';
  if (prose.source === 'chosen')
    return `Sentences marked “chosen” were picked by ${model}; every sentence is written from the facts.${refused}`;
  if (prose.source === 'llm')
    return `Worded by ${model}: its sentences have no proof of their own.`;
  return `Made from facts alone, without a model.${refused}`;
}
