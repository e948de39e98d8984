import type { WordScores, WordTables } from './word-scores';
import { WEIGHTS } from './model-weights';

/** As it is written down: `model-weights.ts`. */
export interface ModelText {
  /** Names of the features, in the order in which the trees number them. */
  features: string;
  /** A tree a line, its nodes from the top down, left before right: `12<0.5` asks whether feature 12 is at most 0.5, `-0.07` is a leaf. */
  trees: readonly string[];
  /** `word:score`, parted by `|`. */
  words: Readonly<Record<keyof WordTables, string>>;
}

interface Tree {
  feature: Int16Array;
  /** At most: left, which is the next node. Of a leaf what it adds. */
  value: Float64Array;
  right: Int16Array;
}

/** What the main content is told by: learned from pages, see docs/main-content.md. */
export interface ContentModel {
  features: readonly string[];
  trees: readonly Tree[];
  tables: WordTables;
}

const LEAF = -1;

function readTree(text: string): Tree {
  const nodes = text.split(' ');
  const tree: Tree = {
    feature: new Int16Array(nodes.length).fill(LEAF),
    value: new Float64Array(nodes.length),
    right: new Int16Array(nodes.length),
  };
  let next = 0;
  const read = () => {
    const at = next;
    next += 1;
    const [left, right] = nodes[at].split('<');
    tree.value[at] = Number(right ?? left);
    if (right === undefined) return;
    tree.feature[at] = Number(left);
    read();
    tree.right[at] = next;
    read();
  };
  read();
  return tree;
}

const readScores = (text: string): WordScores =>
  new Map(
    text
      .split('|')
      .filter(Boolean)
      .map(entry => {
        const cut = entry.lastIndexOf(':');
        return [entry.slice(0, cut), Number(entry.slice(cut + 1))] as const;
      }),
  );

export const readModel = ({
  features,
  trees,
  words,
}: ModelText): ContentModel => ({
  features: features.split(' '),
  trees: trees.map(readTree),
  tables: {
    hints: readScores(words.hints),
    text: readScores(words.text),
    headings: readScores(words.headings),
  },
});

let known: ContentModel | undefined;
/** The one that the product uses. */
export function contentModel(): ContentModel {
  known ??= readModel(WEIGHTS);
  return known;
}

/** How likely it is that a block belongs to the content, from 0 to 1. */
export function likelihood({ trees }: ContentModel, row: Float32Array): number {
  let sum = 0;
  for (const { feature, value, right } of trees) {
    let at = 0;
    while (feature[at] !== LEAF)
      at = row[feature[at]] <= value[at] ? at + 1 : right[at];
    sum += value[at];
  }
  return 1 / (1 + Math.exp(-sum));
}
