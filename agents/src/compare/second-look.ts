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

/** Which run looked twice: its looks are what may disagree. */
export type LookedTwice = 'this' | 'earlier';

/** What a change says, wherever its page stands and whichever run proves it. */
export function whatIsSaid(change: Change): string {
  const { kind, factKind, subject, before, after, aspect, is, was } = change;
  const state = (is ?? was)?.state;
  const said = [kind, factKind, subject, before, after, aspect];
  return JSON.stringify([...said, is?.unit, state]);
}

/** What both looks must say alike for a change to be told. */
const keyOf = (change: Change) => `${change.url} ${whatIsSaid(change)}`;

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
  run: LookedTwice,
): NotCompared {
  const by = run === 'this' ? 'saw' : 'says that';
  const said = [
    ...first.map(change => `only the first ${by} ${inWords(change)}`),
    ...second.map(change => `only the second ${by} ${inWords(change)}`),
  ];
  const more = said.length > 3 ? `, and ${said.length - 3} more` : '';
  const looks =
    run === 'this' ? 'Two looks at the page' : 'Two looks of the earlier run';
  return notCompared(
    url,
    'UNSTABLE',
    `${looks} disagree: ${said.slice(0, 3).join('; ')}${more}.`,
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

/** Why the second look can't speak for the page, or for parts of it; undefined where it saw as much as the first. */
function lessSeen(
  url: string,
  first: Comparison,
  second: Comparison,
): NotCompared | undefined {
  const known = new Set(
    first.notCompared.filter(onPage(url)).map(({ reason }) => reason),
  );
  return second.notCompared.find(
    entry => entry.url === url && !known.has(entry.reason),
  );
}

/** Of a page that was looked at twice: what both say, and that they disagree where they do. */
function agreed(
  url: string,
  first: Comparison,
  second: Comparison,
  run: LookedTwice,
): Pick<Comparison, 'changes' | 'notCompared'> {
  const found = first.changes.filter(onPage(url));
  const again = second.changes.filter(onPage(url));
  const [keys, keysAgain] = [found, again].map(
    changes => new Set(changes.map(keyOf)),
  );
  const lone = found.filter(change => !keysAgain.has(keyOf(change)));
  const loneAgain = again.filter(change => !keys.has(keyOf(change)));
  const less = lessSeen(url, first, second);
  // What the second could not see, it does not deny.
  if (less && loneAgain.length === 0) {
    const why = `the second could not see it all: ${less.detail}`;
    const once = run === 'this' && lone.some(asksForSecondLook);
    return {
      changes: found,
      notCompared: once ? [onceOnly(url, why.replace(/\.$/, ''))] : [],
    };
  }
  return {
    changes: found.filter(change => keysAgain.has(keyOf(change))),
    notCompared:
      lone.length + loneAgain.length > 0
        ? [disagreement(url, lone, loneAgain, run)]
        : [],
  };
}

/**
 * Holds what the first look at each page found against the second.
 *
 * @param first compared with first looks alone
 * @param second the same, with the second look of `run` where there was one
 * @param lookedAgain addresses, as the changes have them, of the pages that `run` visited twice
 * @returns the changes that stand; `UNSTABLE` for a page whose looks disagree, which are no changes
 */
export function withSecondLooks(
  first: Comparison,
  second: Comparison,
  lookedAgain: ReadonlySet<string>,
  run: LookedTwice,
): Comparison {
  const judged = [...lookedAgain].map(url => agreed(url, first, second, run));
  const standing = new Set(judged.flatMap(({ changes }) => changes));
  return {
    ...first,
    changes: first.changes.filter(
      change => !lookedAgain.has(change.url) || standing.has(change),
    ),
    notCompared: [
      ...first.notCompared,
      ...judged.flatMap(({ notCompared: doubts }) => doubts),
    ],
  };
}

/** @returns `SEEN_ONCE` for each page whose prices or plans changed and that was not looked at again */
export function seenOnce(
  { changes }: Comparison,
  lookedAgain: ReadonlySet<string>,
): NotCompared[] {
  return pagesToLookAtAgain(changes)
    .filter(url => !lookedAgain.has(url))
    .map(url => onceOnly(url, 'it was not looked at again'));
}
