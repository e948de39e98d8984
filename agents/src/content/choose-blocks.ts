import type { Block } from './blocks';
import type { ContentNode } from './content-tree';

/** Trees are surer of themselves than they are right: their odds are taken to this power. */
const DOUBT = 0.85;
/** Where no block is likelier than this, the page has no content: it asks for a script, or says that it is away. */
const LEAST = 0.3;

const ITEM = /^(?:li|d[td]|t[dh])$/;

/** Items of one list belong together: each is as likely as all of them. */
export function evenLists(
  blocks: readonly Block[],
  likely: readonly number[],
): number[] {
  const lists = new Map<ContentNode, number[]>();
  blocks.forEach(({ node }, index) => {
    if (!ITEM.test(node.tag) || !node.parent) return;
    const list = lists.get(node.parent);
    if (list) list.push(index);
    else lists.set(node.parent, [index]);
  });
  const even = [...likely];
  for (const list of lists.values()) {
    const odds = list.map(index => Math.log(1 / likely[index] - 1));
    const mean = odds.reduce((sum, each) => sum + each, 0) / list.length;
    for (const index of list) even[index] = 1 / (1 + Math.exp(mean));
  }
  return even;
}

/**
 * The blocks for which the expected F1 of words is highest: the likeliest ones, as many as bring more than they cost.
 * @param likely for each block, from 0 to 1
 */
export function chooseBlocks(
  blocks: readonly Block[],
  likely: readonly number[],
): Set<Block> {
  if (Math.max(0, ...likely) < LEAST) return new Set();
  const rated = blocks
    .map((block, index) => ({
      block,
      words: block.words.length,
      likely: 1 / (1 + (1 / likely[index] - 1) ** DOUBT),
    }))
    .filter(({ words }) => words > 0)
    .sort((a, b) => b.likely - a.likely);
  const expected = rated.reduce(
    (sum, each) => sum + each.likely * each.words,
    0,
  );
  let [right, chosen, best, cut] = [0, 0, 0, 0];
  rated.forEach((each, index) => {
    right += each.likely * each.words;
    chosen += each.words;
    const f1 = right / (chosen + expected);
    if (f1 > best) [best, cut] = [f1, index + 1];
  });
  return new Set(rated.slice(0, cut).map(({ block }) => block));
}
