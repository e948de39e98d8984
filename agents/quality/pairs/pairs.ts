import { open, write, type PairPage } from './document';
import { orderOf, type Answer, type Mutated } from './mutation';
import { OF_PAGES } from './mutations-of-pages';
import { OF_PRICES } from './mutations-of-prices';
import type { Expected } from './records';

/** Which pages are mutated how. */

export const MUTATIONS = [...OF_PRICES, ...OF_PAGES];
export const UNCHANGED = 'unchanged';

export interface Pair {
  page: string;
  language: string;
  kind: string;
  mutation: string;
  /** Of the page on the site; pairs that begin with the same version share it. */
  path: string;
  before: string;
  after: readonly Answer[];
  expected: readonly Expected[];
  oldCollector?: true;
}

const pathOf = (page: PairPage, version?: string) =>
  `/${page.name}${version ? `-${version.replace(/\W+/g, '-')}` : ''}/pricing`;

function pairOf(
  page: PairPage,
  mutation: string,
  { before, after, expected, oldCollector }: Mutated,
): Pair {
  const path = pathOf(page, before && mutation);
  return {
    page: page.name,
    language: page.language.split('-')[0],
    kind: page.kind,
    mutation,
    path,
    before: before ?? write(open(page.html)),
    after: after.map(each => ({
      ...each,
      location: each.location?.replace('{path}', () => path),
    })),
    expected,
    ...(oldCollector && { oldCollector }),
  };
}

/** @param most pairs of each mutation, the pages in the order of a hash, so that each mutation has pages of its own */
export function pairsOf(pages: readonly PairPage[], most: number): Pair[] {
  return MUTATIONS.flatMap(mutation => {
    const rank = ({ name }: PairPage) => orderOf(`${mutation.name} ${name}`);
    const made: Pair[] = [];
    for (const page of [...pages].sort((a, b) => rank(a) - rank(b))) {
      if (made.length === most) break;
      const mutated = mutation.make(page);
      if (mutated) made.push(pairOf(page, mutation.name, mutated));
    }
    return made;
  });
}

export const unchangedPairs = (pages: readonly PairPage[]): Pair[] =>
  pages.map(page =>
    pairOf(page, UNCHANGED, {
      after: [{ status: 200, body: write(open(page.html)) }],
      expected: [],
    }),
  );
