import type { Change, NotCompared } from '@agentworkloads/api';
import { notCompared } from './doubt';
import type { Comparison } from './observed';

/**
 * A page that says other prices or plans than before is looked at once more before that is told: shops show some visitors another
 * price, and a page that is read while it is being changed says half of each. Pure; which pages, and what two looks agree on.
 */

/** Pages in all that are looked at again: a fifth of them, and at least ten. */
export const mostSecondLooks = (pages: number): number =>
  Math.max(10, Math.ceil(pages / 5));

const TWICE: ReadonlySet<Change['factKind']> = new Set(['plan', 'price']);

/** Whether one look is too little for it. */
export const asksForSecondLook = ({ factKind }: Change): boolean =>
  TWICE.has(factKind);

/** Addresses of pages with a change that one look is too little for, in the order of the changes, each once. */
export function pagesToLookAtAgain(changes: readonly Change[]): string[] {
  return [...new Set(changes.filter(asksForSecondLook).map(({ url }) => url))];
}

/** What both looks must say alike for a change to be told. */
function keyOf({
  kind,
  factKind,
  subject,
  url,
  before,
  after,
  aspect,
  is,
  was,
}: Change): string {
  const side = is ?? was;
  return JSON.stringify([
    url,
    kind,
    factKind,
    subject,
    before,
    after,
    aspect,
    is?.unit,
    side?.state,
  ]);
}

function inWords({ subject, factKind, before, after }: Change): string {
  const value = (side: string | number | undefined) =>
    side === undefined ? 'nothing' : String(side).slice(0, 60);
  const of = subject.slice(0, 60);
  return `${factKind} ${of}: ${value(before)} became ${value(after)}`;
}

function disagreement(
  url: string,
  first: readonly Change[],
  second: readonly Change[],
): NotCompared {
  const said = [
    ...first.map(change => `only the first saw ${inWords(change)}`),
    ...second.map(change => `only the second saw ${inWords(change)}`),
  ];
  const more = said.length > 3 ? `, and ${said.length - 3} more` : '';
  return notCompared(
    url,
    'UNSTABLE',
    `Two looks at the page disagree: ${said.slice(0, 3).join('; ')}${more}.`,
    'part',
  );
}

const onPage = (url: string) => (entry: { url: string }) => entry.url === url;

function onceOnly(url: string, why: string): NotCompared {
  return notCompared(
    url,
    'SEEN_ONCE',
    `What changed on the page was seen in one look only: ${why}.`,
    'part',
  );
}

/** Of a page that was looked at twice: what both say, and that they disagree where they do. */
function agreed(
  url: string,
  first: readonly Change[],
  second: Comparison,
): Pick<Comparison, 'changes' | 'notCompared'> {
  const unread = second.notCompared.find(
    entry => entry.url === url && entry.scope === 'page',
  );
  if (unread) {
    const why = `the second could not be compared: ${unread.detail.replace(
      /\.$/,
      '',
    )}`;
    const once = first.some(asksForSecondLook);
    return {
      changes: [...first],
      notCompared: once ? [onceOnly(url, why)] : [],
    };
  }
  const again = second.changes.filter(onPage(url));
  const [keys, keysAgain] = [first, again].map(
    changes => new Set(changes.map(keyOf)),
  );
  const lone = first.filter(change => !keysAgain.has(keyOf(change)));
  const loneAgain = again.filter(change => !keys.has(keyOf(change)));
  return {
    changes: first.filter(change => keysAgain.has(keyOf(change))),
    notCompared:
      lone.length + loneAgain.length > 0
        ? [disagreement(url, lone, loneAgain)]
        : [],
  };
}

/**
 * Holds what the first look at each page found against the second.
 *
 * @param first compared with the baseline, every page as it was seen first
 * @param second the same, with the second look where there was one
 * @param lookedAgain addresses of the pages that were visited twice
 * @returns the changes that stand; `UNSTABLE` for a page whose looks disagree, which are no changes; `SEEN_ONCE` for one with prices or
 *   plans that changed and that was not looked at again
 */
export function withSecondLooks(
  first: Comparison,
  second: Comparison,
  lookedAgain: ReadonlySet<string>,
): Comparison {
  const asked = new Set(pagesToLookAtAgain(first.changes));
  const urls = [
    ...new Set([...first.changes.map(({ url }) => url), ...lookedAgain]),
  ];
  const stands: Change[] = [];
  const doubts: NotCompared[] = [];
  for (const url of urls) {
    const found = first.changes.filter(onPage(url));
    if (lookedAgain.has(url)) {
      const { changes, notCompared: unsure } = agreed(url, found, second);
      stands.push(...changes);
      doubts.push(...unsure);
      continue;
    }
    stands.push(...found);
    if (asked.has(url))
      doubts.push(onceOnly(url, 'it was not looked at again'));
  }
  const standing = new Set(stands);
  return {
    ...first,
    changes: first.changes.filter(change => standing.has(change)),
    notCompared: [...first.notCompared, ...doubts],
  };
}
