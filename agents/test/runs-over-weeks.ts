import {
  pageHistorySchema,
  type Change,
  type Fact,
  type NotCompared,
  type PageHistory,
  type Reading,
} from '@agentworkloads/api';
import { compareRuns, type Comparison } from '../src/compare/compare-runs';
import { followPrices } from '../src/compare/follow-prices';
import type { ObservedPage } from '../src/compare/observed';
import {
  cardsHtml,
  pageOf,
  PRICING,
  STARTER,
  type CardOf,
} from './observed-runs';

/** One page over weeks: each run the baseline of the next, as dom holds them against each other. */

const WEEK_MS = 7 * 24 * 3600 * 1000;
export const START = Date.UTC(2026, 0, 5, 8);
export const timeOf = (week: number): string =>
  new Date(START + week * WEEK_MS).toISOString();

export interface Run {
  uid: string;
  page: ObservedPage;
  history: PageHistory[];
  changes: Change[];
  notCompared: NotCompared[];
}
/** What a run sees: plans with their prices, or the HTML of the whole page, or nothing. */
export type Seen = readonly CardOf[] | string | undefined;

export function seenAt(week: number, seen: Seen): ObservedPage {
  const record = { fetchedAt: timeOf(week) };
  if (seen === undefined)
    return {
      record: { ...pageOf('', record).record, reason: 'TIMEOUT' },
      facts: [],
    };
  const html =
    typeof seen === 'string'
      ? seen
      : `<main><h1>Prices</h1>${cardsHtml(seen)}</main>`;
  return pageOf(html, record);
}

export interface OfWeeks {
  /** Weeks in which looks of the baseline disagree on whatever changed. */
  silent?: readonly number[];
  /** Weeks in which looks of the baseline disagree on something, and agree on all that changed. */
  partly?: readonly number[];
  /** Weeks in which this run's own looks disagree on something. */
  unsettled?: readonly number[];
  /** What own looks disagree on; nothing that changed, where it is left out. */
  disputed?: (change: Change) => boolean;
  /** Weeks in which no price names its currency. */
  bare?: readonly number[];
  /** What today's extractor reads in a page of that week when it is the baseline; the run itself had read something else. */
  reread?: (week: number, facts: readonly Fact[]) => readonly Fact[];
}

function withoutCurrency(fact: Fact): Fact {
  const { currency: _named, ...unit } = fact.unit ?? {};
  return fact.kind === 'price' ? { ...fact, unit } : fact;
}

function compared(
  then: ObservedPage,
  now: { uid: string; page: ObservedPage },
  week: number,
  { silent = [], partly = [], unsettled = [], disputed = () => false }: OfWeeks,
): Comparison {
  const comparison = compareRuns(
    { workflowUid: then.workflowUid ?? '', pages: [then] },
    { workflowUid: now.uid, pages: [now.page] },
  );
  const { changes } = comparison;
  const isUnstable = [silent, partly, unsettled].some(of => of.includes(week));
  if (isUnstable)
    comparison.notCompared.push({
      url: PRICING,
      reason: 'UNSTABLE',
      detail: 'Two looks disagree.',
      scope: 'part',
    });
  if (silent.includes(week)) return { ...comparison, changes: [] };
  return unsettled.includes(week)
    ? { ...comparison, changes: changes.filter(each => !disputed(each)) }
    : comparison;
}

/** One run after the other, each the baseline of the next. */
export function series(weeks: readonly Seen[], of: OfWeeks = {}): Run[] {
  const { reread = (_week, facts) => facts } = of;
  const runs: Run[] = [];
  for (const [week, seen] of weeks.entries()) {
    const page = seenAt(week, seen);
    if (of.bare?.includes(week)) page.facts = page.facts.map(withoutCurrency);
    if (of.unsettled?.includes(week))
      page.record.secondLook = { ...page.record };
    const uid = `run-${week}`;
    const known = runs.at(-1)?.history[0];
    const observed = known?.lastObserved?.workflowUid ?? runs.at(-1)?.uid;
    const index = runs.findIndex(run => run.uid === observed);
    const then: ObservedPage | undefined = runs[index] && {
      ...runs[index].page,
      facts: reread(index, runs[index].page.facts),
      workflowUid: runs[index].uid,
    };
    const comparison = then && compared(then, { uid, page }, week, of);
    const reading: Reading = {
      workflowUid: uid,
      key: `runs/ns/${uid}/pages/x/observed.json`,
      sha256: 'a'.repeat(64),
      at: timeOf(week),
    };
    const { history, changes } = followPrices(
      [
        {
          page,
          ...(seen !== undefined && { reading }),
          ...(then && { before: then }),
          ...(known && { known }),
        },
      ],
      comparison,
      Date.parse(timeOf(week)),
    );
    // As it is after a journey through the artifact.
    const kept = history.map(each =>
      pageHistorySchema.parse(JSON.parse(JSON.stringify(each))),
    );
    const notCompared = comparison?.notCompared ?? [];
    runs.push({ uid, page, history: kept, changes, notCompared });
  }
  return runs;
}

/** A plan of which all but the price stays. */
export const planAt = (price: string, name = 'Team'): CardOf => ({
  name,
  price,
  features: ['50 projects', '100 GB storage', 'Chat with our staff'],
});
export const plan = (price: number, name = 'Team'): CardOf =>
  planAt(`$${price.toFixed(2)} per month`, name);
export const shop = (price: number): Seen => [STARTER, plan(price)];
export const shopAt = (price: string): Seen => [STARTER, planAt(price)];
export const prices = ({ changes }: Run): Change[] =>
  changes.filter(({ factKind }) => factKind === 'price');
export const teamOf = ({
  history,
}: Run): PageHistory['prices'][number] | undefined =>
  history[0].prices.find(({ subject }) => subject === 'Team');
