const WORD = /[\p{L}\p{N}_]+/gu;

/** How often each word stands in a text, lower case. As the WCXB benchmark counts. */
function words(text: string): { counts: Map<string, number>; total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total += 1;
  }
  return { counts, total };
}

export interface WordScore {
  precision: number;
  recall: number;
  f1: number;
}

/** Precision, recall and F1 of the words of a text against those of its truth, as bags: order does not count. */
export function wordScore(read: string, truth: string): WordScore {
  const [own, wanted] = [words(read), words(truth)];
  const equal = Number(own.total === 0 && wanted.total === 0);
  if (own.total === 0 || wanted.total === 0)
    return { precision: equal, recall: equal, f1: equal };
  let shared = 0;
  for (const [word, count] of own.counts)
    shared += Math.min(count, wanted.counts.get(word) ?? 0);
  const [precision, recall] = [shared / own.total, shared / wanted.total];
  const f1 = shared ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}
