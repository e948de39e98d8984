import { wordsOf, type Block } from './blocks';
import { isAsideHeading } from './chrome';
import type { ContentNode, ContentTree, Piece } from './content-tree';
import {
  createElementFacts,
  createSiblings,
  LEVELS,
  type ElementFacts,
} from './element-facts';
import { pairsOf, type PageDescription } from './page-description';
import { PAGE_TYPES, type PageType } from './page-type';
import { scoreOf, termsOf, type Score, type WordTables } from './word-scores';

export interface FeatureInput {
  tree: ContentTree;
  blocks: readonly Block[];
  type: PageType;
  title: string;
  description: PageDescription;
  /** What the rules keep. */
  kept: ReadonlySet<Piece>;
  tables: WordTables;
}

/** What each block is judged by: a row of numbers a block, in the order of the names. */
export interface BlockFeatures {
  names: string[];
  rows: Float32Array[];
}

type Put = (name: string, value: number) => void;

const log = (value: number) => Math.log2(1 + value);
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
const count = (text: string, pattern: RegExp) =>
  text.match(pattern)?.length ?? 0;

const STOP_WORDS = new Set(
  (
    'the a an of to and in is for on that with it as are this by be or from at you your we our can have has not was will ' +
    'which their they its if but more all'
  ).split(' '),
);
const MONEY = /[$€£¥₹]\s?\d|\d\s?(?:€|kr|zł|USD|EUR)/;
const HEADING = /^h([1-6])$/;
/** A block of so many words is no label. */
const LONG = 15;
const ANCESTORS =
  'nav header footer aside form button select dialog main article section table ul ol figure details noscript a p dl'.split(
    ' ',
  );

/** A block with what is counted once. */
interface Measured {
  block: Block;
  facts: ElementFacts;
  words: number;
  link: number;
  text: Score;
  heading: number;
  kept: number;
  stops: number;
  money: boolean;
}

function measure(
  { blocks, kept, tables }: FeatureInput,
  factsOf: (node: ContentNode) => ElementFacts,
): Measured[] {
  return blocks.map(block => ({
    block,
    facts: factsOf(block.node),
    words: log(block.words.length),
    link: share(block.linkWords, block.words.length),
    text: scoreOf(termsOf(block.words), tables.text),
    heading: Number(HEADING.exec(block.node.tag)?.[1] ?? 0),
    kept: share(
      block.pieces.filter(piece => kept.has(piece)).length,
      block.pieces.length,
    ),
    stops: block.words.filter(word => STOP_WORDS.has(word)).length,
    money: MONEY.test(block.text),
  }));
}

interface Below {
  blocks: number;
  long: number;
  headings: number;
  words: number;
  kept: number;
  stops: number;
  money: number;
}

/** What lies in each element. */
function countBelow(all: readonly Measured[]): Map<ContentNode, Below> {
  const below = new Map<ContentNode, Below>();
  for (const { block, heading, kept, stops, money } of all) {
    const words = block.words.length;
    for (let at: ContentNode | undefined = block.node; at; at = at.parent) {
      let sum = below.get(at);
      if (!sum) {
        sum = {
          ...{ blocks: 0, long: 0, headings: 0, words: 0 },
          ...{ kept: 0, stops: 0, money: 0 },
        };
        below.set(at, sum);
      }
      sum.blocks += 1;
      sum.long += Number(words >= LONG);
      sum.headings += Number(heading > 0);
      sum.words += words;
      sum.kept += kept * words;
      sum.stops += stops;
      sum.money += Number(money);
    }
  }
  return below;
}

/** Means over neighbouring blocks. */
function createWindows(all: readonly Measured[]) {
  const running = (value: (each: Measured) => number) => {
    const sums = [0];
    for (const each of all) sums.push(sums[sums.length - 1] + value(each));
    return (at: number, from: number, to: number) => {
      const start = Math.max(0, at + from);
      const end = Math.min(all.length, at + to);
      return end > start ? (sums[end] - sums[start]) / (end - start) : 0;
    };
  };
  return {
    words: running(each => each.words),
    link: running(each => each.link),
    text: running(each => each.text.mean),
    hints: running(each => each.facts.hintSum),
    kept: running(each => each.kept),
  };
}

function putText(put: Put, { block, words, link, text, ...own }: Measured) {
  const { length } = block.words;
  put('words', words);
  put('link', link);
  put('links', log(block.links));
  put('textMean', text.mean);
  put('textLeast', text.least);
  put('textMost', text.most);
  put('seen', block.seen);
  put('commas', share(count(block.text, /[,;、，]/g), length));
  put('sentences', log(count(block.text, /[.!?。！？](?=\s|$)/g)));
  put('ends', Number(/[.!?。！？:]["'”’)]?$/.test(block.text)));
  put('asks', Number(/\?$/.test(block.text)));
  put('capitals', share(count(block.text, /(?:^|\s)\p{Lu}/gu), length));
  put('digits', share(count(block.text, /\d/g), block.text.length));
  put('money', Number(own.money));
  put('wordLength', share(block.text.length, length));
  put('stopWords', share(own.stops, length));
  put('heading', own.heading);
  put('kept', own.kept);
}

const TAGS: readonly (readonly [string, RegExp])[] = [
  ['isP', /^p$/],
  ['isLi', /^li$/],
  ['isCell', /^t[dh]$/],
  ['isTerm', /^d[td]$/],
  ['isPre', /^pre$/],
  ['isDiv', /^div$/],
];
const IN = ANCESTORS.map(tag => [tag, `in_${tag}`] as const);

function putElement(put: Put, { block, facts }: Measured) {
  for (const [name, pattern] of TAGS)
    put(name, Number(pattern.test(block.node.tag)));
  for (const [tag, name] of IN) put(name, Number(facts.above.has(tag)));
  put('depth', facts.depth);
  put('framed', Number(facts.framed));
  put('hints', facts.hintSum);
  put('hintOwn', facts.hints.mean);
  put('hintLeast', facts.hintLeast);
  put('hintMost', facts.hintMost);
  put('productChrome', Number(facts.productChrome));
  put('post', Number(facts.post));
  put('unseen', Number(facts.unseen));
  put('hidden', Number(facts.hidden));
}

const AROUND = [-3, -2, -1, 1, 2, 3].map(
  offset =>
    [offset, offset < 0 ? `before${-offset}` : `after${offset}`] as const,
);

function putNeighbours(
  put: Put,
  all: readonly Measured[],
  at: number,
  windows: ReturnType<typeof createWindows>,
) {
  for (const [offset, name] of AROUND) {
    const other = all[at + offset];
    put(`${name}Words`, other?.words ?? -1);
    put(`${name}Link`, other?.link ?? -1);
    put(`${name}Text`, other?.text.mean ?? 0);
    put(`${name}Heading`, other?.heading ?? 0);
    put(`${name}Hints`, other?.facts.hintSum ?? 0);
  }
  for (const name of ['words', 'link', 'text', 'hints'] as const) {
    put(`above_${name}`, windows[name](at, -8, 0));
    put(`below_${name}`, windows[name](at, 1, 9));
  }
  put('keptNear', windows.kept(at, -3, 4));
  put('keptFar', windows.kept(at, -12, 13));
}

interface Context {
  root: ContentNode;
  below: ReadonlyMap<ContentNode, Below>;
  factsOf: (node: ContentNode) => ElementFacts;
  siblingsOf: ReturnType<typeof createSiblings>;
}

const NONE: Below = {
  ...{ blocks: 0, long: 0, headings: 0, words: 0 },
  ...{ kept: 0, stops: 0, money: 0 },
};

function putLevels(put: Put, { facts }: Measured, context: Context) {
  for (let index = 0; index < LEVELS; index += 1) {
    const level = facts.levels[index];
    const inside = (level && context.below.get(level.node)) ?? NONE;
    const siblings = level && context.siblingsOf(level);
    const { chars = 0, linkChars = 0 } = level?.node ?? {};
    put(`l${index}_share`, level ? share(chars, context.root.chars) : 1);
    put(`l${index}_link`, share(linkChars, chars));
    put(`l${index}_blocks`, log(inside.blocks));
    put(`l${index}_mean`, share(inside.words, inside.blocks));
    put(`l${index}_long`, share(inside.long, inside.blocks));
    put(`l${index}_heads`, share(inside.headings, inside.blocks));
    put(`l${index}_kept`, share(inside.kept, inside.words));
    put(`l${index}_money`, share(inside.money, inside.blocks));
    put(`l${index}_stops`, share(inside.stops, inside.words));
    put(`l${index}_hint`, level ? context.factsOf(level.node).hints.mean : 0);
    put(`l${index}_alike`, log(siblings?.alike ?? 0));
    put(`l${index}_place`, siblings?.place ?? -1);
    put(`l${index}_all`, log(siblings?.all ?? 0));
  }
}

interface Section {
  at: number;
  level: number;
  score: Score;
  aside: boolean;
  words: number;
  ofTitle: number;
}
const NO_SECTION: Section = {
  ...{ at: -1, level: 0, score: { mean: 0, least: 0, most: 0 } },
  ...{ aside: false, words: 0, ofTitle: 0 },
};

const since = (at: number, then: number) => (then < 0 ? -1 : log(at - then));

function putSections(put: Put, at: number, near: Section, wide: Section) {
  put('sectionAt', since(at, near.at));
  put('sectionLevel', near.level);
  put('sectionMean', near.score.mean);
  put('sectionLeast', near.score.least);
  put('sectionMost', near.score.most);
  put('sectionAside', Number(near.aside));
  put('sectionWords', near.words);
  put('sectionTitle', near.ofTitle);
  put('wideAt', since(at, wide.at));
  put('wideMean', wide.score.mean);
  put('wideLeast', wide.score.least);
  put('wideAside', Number(wide.aside));
}

function putDescribed(put: Put, block: Block, { data, meta }: PageDescription) {
  const pairs = pairsOf(block.words);
  const inside = (set: ReadonlySet<string>) =>
    share(pairs.filter(pair => set.has(pair)).length, pairs.length);
  put('inData', inside(data));
  put('inMeta', inside(meta));
  put('pageData', log(data.size));
}

/** The same names in the same order for each block of each page. */
export function blockFeatures(input: FeatureInput): BlockFeatures {
  const { tree, blocks, type, tables } = input;
  const factsOf = createElementFacts(tables);
  const all = measure(input, factsOf);
  const below = countBelow(all);
  const siblingsOf = createSiblings();
  const context = { root: tree.root, below, factsOf, siblingsOf };
  const windows = createWindows(all);
  const titleWords = new Set(wordsOf(input.title).filter(w => w.length > 2));
  const ofTitle = ({ words }: Block) =>
    share(words.filter(word => titleWords.has(word)).length, titleWords.size);
  const total = blocks.reduce((sum, { words }) => sum + words.length, 0);
  const long = all.filter(({ block }) => block.words.length >= LONG).length;
  const title = all.findIndex(({ heading }) => heading === 1);
  const seen = new Map<string, number>();
  const names: string[] = [];
  let [near, wide, before, lastLong] = [NO_SECTION, NO_SECTION, 0, -1];
  const rows = all.map((own, at) => {
    const { block, heading } = own;
    const row: number[] = [];
    const put: Put = (name, value) => {
      if (at === 0) names.push(name);
      row.push(value);
    };
    if (heading > 0) {
      near = {
        at,
        level: heading,
        score: scoreOf(termsOf(block.words), tables.headings),
        aside: isAsideHeading(block.text),
        words: block.words.length,
        ofTitle: ofTitle(block),
      };
      if (heading <= 2) wide = near;
    }
    putText(put, own);
    putElement(put, own);
    putNeighbours(put, all, at, windows);
    putLevels(put, own, context);
    putSections(put, at, near, wide);
    const copy = seen.get(block.text) ?? 0;
    seen.set(block.text, copy + 1);
    putDescribed(put, block, input.description);
    put('copy', log(copy));
    put('ofTitle', ofTitle(block));
    put('place', share(before, total));
    put('placeOfBlocks', share(at, blocks.length));
    put('left', log(blocks.length - at));
    const fromTitle = at - title;
    put(
      'fromTitle',
      title < 0 ? -20 : Math.sign(fromTitle) * log(Math.abs(fromTitle)),
    );
    put('sinceLong', since(at, lastLong));
    put('pageLink', share(tree.root.linkChars, tree.root.chars));
    put('pageLong', share(long, blocks.length));
    for (const each of PAGE_TYPES) put(each, Number(type === each));
    before += block.words.length;
    if (block.words.length >= LONG && own.link < 0.3) lastLong = at;
    return Float32Array.from(row);
  });
  return { names, rows };
}
