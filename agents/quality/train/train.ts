import { blockFeatures } from '../../src/content/block-features';
import { blocksOf, type Block } from '../../src/content/blocks';
import {
  readModel,
  type ContentModel,
  type ModelText,
} from '../../src/content/content-model';
import type { ContentSource } from '../../src/content/content-source';
import {
  buildContentTree,
  type ContentTree,
  type Piece,
} from '../../src/content/content-tree';
import {
  chooseContent,
  CONTENT_RULES,
  mainContent,
} from '../../src/content/main-content';
import { describePage } from '../../src/content/page-description';
import { pageType, type PageType } from '../../src/content/page-type';
import type { WordScores, WordTables } from '../../src/content/word-scores';
import { wordScore, type WordScore } from '../content-score';
import { boost, type BoostOptions, type Rows, type TreeNode } from './boost';
import { labelBlocks } from './labels';
import { countWords, groupOf, tablesByGroup, tablesOf } from './word-stats';

/** A page of the benchmark: what the collector saw, and its truth. */
export interface TrainingPage {
  id: string;
  url: string;
  type: string;
  truth: string;
  bundle: ContentSource;
}

interface Prepared extends TrainingPage {
  site: string;
  guess: PageType;
  tree: ContentTree;
  blocks: Block[];
  kept: ReadonlySet<Piece>;
  labels: number[];
}

/** Few and flat trees on samples of pages: there are hundreds of pages, not thousands. */
const OPTIONS: BoostOptions = {
  ...{ trees: 160, leaves: 10, rate: 0.08, features: 0.25, pages: 0.7 },
  ...{ ridge: 40, least: 0.016, seed: 7 },
};
const FOLDS = 5;
/** Of a page, so that a long one is not worth many short ones. */
const MAX_BLOCKS = 300;
const MAX_WEIGHT = 6;
const RULES = new Set(CONTENT_RULES.filter(rule => rule !== 'model'));

/** The name that somebody registered, as far as a short list of endings tells it: `shop.example.co.uk` is example.co.uk. */
function siteOf({ url, id }: TrainingPage): string {
  if (!URL.canParse(url)) return id;
  const names = new URL(url).hostname.split('.');
  const double = names.length > 2 && (names.at(-2) ?? '').length <= 3;
  return names.slice(double ? -3 : -2).join('.');
}

function prepare(page: TrainingPage): Prepared {
  const tree = buildContentTree(page.bundle);
  const blocks = blocksOf(tree);
  const guess = pageType(page.bundle);
  const kept = chooseContent(tree, guess, RULES);
  const labels = labelBlocks(blocks, page.truth);
  return { ...page, site: siteOf(page), guess, tree, blocks, kept, labels };
}

/** Each page is worth the same, each block as many words as it has. */
function rowsOf(
  pages: readonly Prepared[],
  tablesFor: (site: string) => WordTables,
) {
  let names: string[] = [];
  const features: Float32Array[] = [];
  const [targets, weights, owners]: number[][] = [[], [], []];
  pages.forEach((page, owner) => {
    const { tree, blocks, guess: type, kept, labels } = page;
    const tables = tablesFor(page.site);
    const made = blockFeatures({
      ...{ tree, blocks, type, kept, tables, title: tree.title },
      description: describePage(page.bundle),
    });
    if (made.names.length > 0) names = made.names;
    const step = Math.max(1, blocks.length / MAX_BLOCKS);
    const size = page.truth.length / 6 + 60;
    const all = blocks.reduce((sum, { words }) => sum + words.length, 0) / size;
    const worth = (step / size) * Math.min(1, MAX_WEIGHT / Math.max(all, 1e-9));
    for (let at = 0; at < blocks.length; at += step) {
      const index = Math.floor(at);
      const { length } = blocks[index].words;
      if (length === 0) continue;
      features.push(made.rows[index]);
      targets.push(labels[index]);
      weights.push(length * worth + 0.0003);
      owners.push(owner);
    }
  });
  const rows: Rows = {
    columns: names.map((_name, column) =>
      Float32Array.from(features, row => row[column]),
    ),
    targets: Float32Array.from(targets),
    weights: Float32Array.from(weights),
    pages: Int32Array.from(owners),
  };
  return { names, rows };
}

function writeTree(node: TreeNode): string {
  if (!('left' in node)) return String(Number(node.value.toPrecision(4)));
  const cut = Number(node.cut.toPrecision(6));
  return `${node.feature}<${cut} ${writeTree(node.left)} ${writeTree(
    node.right,
  )}`;
}

const writeScores = (scores: WordScores) =>
  [...(scores as Map<string, number>)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([term, score]) => `${term}:${score}`)
    .join('|');

function learn(pages: readonly Prepared[]): ModelText {
  const stats = countWords(pages);
  const { names, rows } = rowsOf(pages, tablesByGroup(stats));
  const trees = boost(rows, OPTIONS);
  const tables = tablesOf(stats);
  return {
    features: names.join(' '),
    trees: trees.map(writeTree),
    words: {
      hints: writeScores(tables.hints),
      text: writeScores(tables.text),
      headings: writeScores(tables.headings),
    },
  };
}

/** Sites into folds, so that each has about as many pages of each type. */
function foldsOf(pages: readonly Prepared[]): Map<string, number> {
  const sites = new Map<string, Prepared[]>();
  for (const page of pages)
    sites.set(page.site, [...(sites.get(page.site) ?? []), page]);
  const load = Array.from({ length: FOLDS }, () => new Map<string, number>());
  const folds = new Map<string, number>();
  const order = [...sites].sort(
    ([a, own], [b, other]) =>
      other.length - own.length || groupOf(a, 1e9) - groupOf(b, 1e9),
  );
  for (const [site, own] of order) {
    const cost = load.map(
      counts =>
        own.reduce((sum, { type }) => sum + (counts.get(type) ?? 0), 0) +
        0.01 * [...counts.values()].reduce((sum, count) => sum + count, 0),
    );
    const fold = cost.indexOf(Math.min(...cost));
    folds.set(site, fold);
    for (const { type } of own)
      load[fold].set(type, (load[fold].get(type) ?? 0) + 1);
  }
  return folds;
}

export interface Judged extends WordScore {
  id: string;
  type: string;
}

export type Reader = (page: TrainingPage, model: ContentModel) => string;
const readContent: Reader = ({ bundle }, model) =>
  mainContent(bundle, new Set(CONTENT_RULES), model).text;

/**
 * Each page judged by a model that has seen no page of its site.
 * @param say called once a fold, for whoever waits
 */
export function crossValidate(
  pages: readonly TrainingPage[],
  say: (line: string) => void,
  read: Reader = readContent,
): Judged[] {
  const prepared = pages.filter(({ bundle }) => bundle.html).map(prepare);
  const folds = foldsOf(prepared);
  const judged: Judged[] = pages
    .filter(({ bundle }) => !bundle.html)
    .map(({ id, type }) => ({ id, type, precision: 0, recall: 0, f1: 0 }));
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const unseen = (page: Prepared) => folds.get(page.site) === fold;
    const model = readModel(learn(prepared.filter(page => !unseen(page))));
    for (const page of prepared.filter(unseen)) {
      const { id, type, truth } = page;
      judged.push({ id, type, ...wordScore(read(page, model), truth) });
    }
    say(`fold ${fold + 1} of ${FOLDS}`);
  }
  return judged;
}

/** The model of all pages. */
export const learnAll = (pages: readonly TrainingPage[]): ModelText =>
  learn(pages.filter(({ bundle }) => bundle.html).map(prepare));
