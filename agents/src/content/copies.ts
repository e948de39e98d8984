import type { Block } from './blocks';
import type { Piece } from './content-tree';

/** So many words in a row are a phrase; shorter texts are alike by chance. */
const PHRASE = 4;
function phrasesOf(words: readonly string[]): string[] {
  const phrases: string[] = [];
  for (let at = 0; at + PHRASE <= words.length; at += 1)
    phrases.push(
      `${words[at]} ${words[at + 1]} ${words[at + 2]} ${words[at + 3]}`,
    );
  return phrases;
}

/**
 * Takes blocks out of `kept` that say again what was said above them, in one text where it was in two, or with a word more: a
 * description that stands beside the picture and once more under its tab, a post that is quoted in the answer.
 * @param share of its phrases that were said above, from 0 to 1, at which a block is a copy; 1 lets one stand that says anything new
 */
export function dropCopies(
  kept: Set<Piece>,
  blocks: readonly Block[],
  share: number,
): void {
  const said = new Set<string>();
  for (const { pieces, words } of blocks) {
    if (words.length < PHRASE || !pieces.some(piece => kept.has(piece)))
      continue;
    const phrases = phrasesOf(words);
    const known = phrases.filter(phrase => said.has(phrase)).length;
    if (known >= phrases.length * share)
      for (const piece of pieces) kept.delete(piece);
    else for (const phrase of phrases) said.add(phrase);
  }
}
