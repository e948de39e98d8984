import type { Block } from '../../src/content/blocks';
import type { ContentNode } from '../../src/content/content-tree';
import {
  hintsOf,
  termsOf,
  type WordTables,
} from '../../src/content/word-scores';

/** Sites are put into so many groups; what a page's words say is counted without the group of its own site. */
const GROUPS = 8;
const LEAST_SITES = 5;
/** A score nearer to 0 says nothing. */
const LEAST_SCORE = 0.25;
const SMOOTHING = 2;
const PRIOR = { hints: 0.45, text: 0.35, headings: 0.45 } as const;
type Kind = keyof typeof PRIOR;
const KINDS = Object.keys(PRIOR) as Kind[];
const SHORT = 14;
const MAX_WEIGHT = 100;

export interface LabelledPage {
  site: string;
  blocks: readonly Block[];
  labels: readonly number[];
}

/** Of a term: share of content under it, summed over sites, and how many sites. */
type Sums = [share: number, sites: number];
type Term = Map<number, Sums>;
export type WordStats = Record<Kind, Map<string, Term>>;

export const groupOf = (text: string, groups: number): number => {
  let hash = 2166136261;
  for (const char of text)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x5bd1e995);
  return ((hash ^ (hash >>> 13)) >>> 0) % groups;
};

function createAbove() {
  const known = new Map<ContentNode, Set<string>>();
  const above = (node: ContentNode): Set<string> => {
    const found = known.get(node);
    if (found) return found;
    const hints = new Set(node.parent && above(node.parent));
    for (const hint of hintsOf(node)) hints.add(hint);
    known.set(node, hints);
    return hints;
  };
  return above;
}

/** Share of content among the blocks of one page that each term stands with. */
function countPage({ blocks, labels }: LabelledPage) {
  const counts = { hints: new Map(), text: new Map(), headings: new Map() };
  const add = (kind: Kind, term: string, label: number, weight: number) => {
    const sums: Sums = counts[kind].get(term) ?? [0, 0];
    counts[kind].set(term, [sums[0] + label * weight, sums[1] + weight]);
  };
  const above = createAbove();
  let heading: string[] = [];
  blocks.forEach(({ node, words }, index) => {
    if (words.length === 0) return;
    const weight = Math.sqrt(Math.min(words.length, MAX_WEIGHT));
    for (const hint of above(node)) add('hints', hint, labels[index], weight);
    if (words.length <= SHORT)
      for (const term of termsOf(words)) add('text', term, labels[index], 1);
    if (/^h[1-6]$/.test(node.tag)) heading = termsOf(words);
    for (const term of heading) add('headings', term, labels[index], weight);
  });
  return counts as Record<Kind, Map<string, Sums>>;
}

/** Counts the terms of all pages; each site has one voice. */
export function countWords(pages: readonly LabelledPage[]): WordStats {
  const stats: WordStats = {
    ...{ hints: new Map(), text: new Map(), headings: new Map() },
  };
  const bySite = new Map<string, LabelledPage[]>();
  for (const page of pages)
    bySite.set(page.site, [...(bySite.get(page.site) ?? []), page]);
  for (const [site, own] of bySite) {
    const group = groupOf(site, GROUPS);
    const counts = own.map(countPage);
    for (const kind of KINDS) {
      const voices = new Map<string, Sums>();
      for (const count of counts)
        for (const [term, [sum, weight]] of count[kind]) {
          const voice = voices.get(term) ?? [0, 0];
          voices.set(term, [voice[0] + sum / weight, voice[1] + 1]);
        }
      for (const [term, [sum, times]] of voices) {
        const groups: Term = stats[kind].get(term) ?? new Map();
        const sums = groups.get(group) ?? [0, 0];
        groups.set(group, [sums[0] + sum / times, sums[1] + 1]);
        stats[kind].set(term, groups);
      }
    }
  }
  return stats;
}

function scoreFrom(term: Term, prior: number, without?: number) {
  let [share, sites] = [0, 0];
  for (const [group, sums] of term)
    if (group !== without) {
      share += sums[0];
      sites += sums[1];
    }
  if (sites < LEAST_SITES) return undefined;
  const odds =
    (share + SMOOTHING * prior) / (sites - share + SMOOTHING * (1 - prior));
  const score = Math.log(odds / (prior / (1 - prior)));
  return Math.abs(score) < LEAST_SCORE ? undefined : Number(score.toFixed(2));
}

/** @param site whose own voice, and that of its group, is left out: else a page's words would know its labels */
export function tablesOf(stats: WordStats, site?: string): WordTables {
  const without = site === undefined ? undefined : groupOf(site, GROUPS);
  const table = (kind: Kind) => {
    const scores = new Map<string, number>();
    for (const [term, groups] of stats[kind]) {
      const score = scoreFrom(groups, PRIOR[kind], without);
      if (score !== undefined) scores.set(term, score);
    }
    return scores;
  };
  return {
    hints: table('hints'),
    text: table('text'),
    headings: table('headings'),
  };
}

/** The tables for the pages of each group of sites. */
export function tablesByGroup(stats: WordStats): (site: string) => WordTables {
  const known = new Map<number, WordTables>();
  return site => {
    const group = groupOf(site, GROUPS);
    const tables = known.get(group) ?? tablesOf(stats, site);
    known.set(group, tables);
    return tables;
  };
}
