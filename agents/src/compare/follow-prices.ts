import {
  HISTORY_LIMITS,
  inReadingOrder,
  type Change,
  type Fact,
  type NotCompared,
  type PageHistory,
  type Reading,
} from '@agentworkloads/api';
import { currencyChange, judgeStep, missedChange, withSince } from './creep';
import { saysNotFound } from './doubt';
import { sideOf, type Comparison, type ObservedPage } from './observed';
import { assignPlans, plansOf } from './plans';
import { assignPrices } from './prices';
import {
  amountOf,
  calledAs,
  fits,
  isRecent,
  keptSeries,
  keyKnownOf,
  keyOfSeries,
  lastOf,
  pruned,
  sameAmount,
  sameTerms,
  seriesFrom,
  seriesKey,
  seriesOf,
  valueOf,
  valuesIn,
  withValue,
  type Series,
} from './price-series';
import { notToldYet, seenLast } from './seen-last';

/** Carries what is known of each page's prices on from the baseline to this run, and tells what they add up to. Pure. */

/** Below it a price is none to follow. */
const SURE_PRICE = 0.7;

export interface PageToFollow {
  page: ObservedPage;
  /** Where its record was saved; undefined for a page that was not observed. */
  reading?: Reading;
  /** The page that it was held against; undefined where there was none. */
  before?: ObservedPage;
  /** What the baseline knows of it. */
  known?: PageHistory;
}

interface Followed {
  series: Series[];
  /** By the change that it replaces. */
  replaced: Map<Change, Change>;
  added: Change[];
}

/** Where several prices stand on the same terms under one name, nobody knows which is which in another week. */
function alone(prices: readonly Fact[]): Map<string, Fact> {
  const found = new Map<string, Fact | undefined>();
  for (const price of prices) {
    const key = seriesKey(price);
    found.set(key, found.has(key) ? undefined : price);
  }
  return new Map(
    [...found].flatMap(([key, price]) =>
      price && price.confidence >= SURE_PRICE
        ? [[key, price] as [string, Fact]]
        : [],
    ),
  );
}

const pricesOf = ({ facts }: ObservedPage) =>
  plansOf(facts).plans.flatMap(({ prices }) => prices);

/** Which price was which, of those that are alone on their terms on both sides. */
function pairsOf(before: ObservedPage, after: ObservedPage): Map<Fact, Fact> {
  const [then, now] = [before, after].map(
    page => new Set(alone(pricesOf(page)).values()),
  );
  const { pairs } = assignPlans(
    plansOf(before.facts).plans,
    plansOf(after.facts).plans,
  );
  return new Map(
    pairs
      .flatMap(([was, is]) => assignPrices(was.prices, is.prices).pairs)
      .flatMap(([was, is]) =>
        then.has(was) && now.has(is) && sameTerms(was, is)
          ? [[is, was] as [Fact, Fact]]
          : [],
      ),
  );
}

/** What is known so far, for a page that can't be told from what was seen now. */
function carried(known: PageHistory | undefined, at: number): Series[] {
  return known ? seriesFrom(known).filter(series => isRecent(series, at)) : [];
}

function begun(page: ObservedPage, reading: Reading): Series[] {
  return [...alone(pricesOf(page)).values()].flatMap(
    price => seriesOf(price, reading) ?? [],
  );
}

/**
 * The series, or one begun anew where today's extractor reads another amount in the very page that the last value is from: that one was
 * misread, so nothing moved.
 */
function readAnew(
  series: Series,
  was: Fact,
  lastObserved: Reading | undefined,
): Series {
  const last = lastOf(series);
  const inSamePage = last.reading.workflowUid === lastObserved?.workflowUid;
  if (!inSamePage || sameAmount(last, amountOf(was))) return series;
  return seriesOf(was, last.reading) ?? series;
}

/** One price that both runs saw. */
function followPrice(
  followed: Followed,
  known: Series,
  { was, is, to }: { was: Fact; is: Fact; to: PageToFollow },
  told: readonly Change[],
): Series {
  const { page, reading } = to;
  const now = reading && valueOf(is, reading);
  if (!reading || !now) return known;
  const series = readAnew(known, was, to.known?.lastObserved);
  const change = told.find(each => each.factId === is.id && each.was);
  const side = sideOf(is, { page, workflowUid: reading.workflowUid });
  const { url } = page.record;
  if (!fits(series, is)) {
    const other = currencyChange(series, { was, is }, side, url);
    if (other && change) followed.replaced.set(change, other);
    else if (other) followed.added.push(other);
    return seriesOf(is, reading) ?? known;
  }
  const { against, missed, shown } = judgeStep(series, { was, is, now });
  if (against && change) {
    followed.replaced.set(change, withSince(change, series, against, now));
  } else if (against && missed) {
    const found = missedChange(series, against, is, side, url);
    if (found) followed.added.push(found);
  }
  const next = withValue(calledAs(series, is), now, shown);
  return pruned(next, Date.parse(reading.at));
}

/**
 * @param told changes of the page
 * @param unstable whether looks at it disagree: what they agree on, which is told, goes on, and all else waits
 */
function followPage(
  to: PageToFollow & { before: ObservedPage; reading: Reading },
  told: readonly Change[],
  unstable: boolean,
): Followed {
  const { page, before, reading } = to;
  const followed: Followed = { series: [], replaced: new Map(), added: [] };
  const at = Date.parse(reading.at);
  const known = new Map(
    carried(to.known, at).map(series => [keyOfSeries(series), series]),
  );
  const pairs = pairsOf(before, page);
  const isTold = new Set(
    told.flatMap(({ was, factId }) => (was && factId ? [factId] : [])),
  );
  const claimed = new Set([...pairs.values()].map(seriesKey));
  const waits = unstable && known.size > 0;
  for (const is of alone(pricesOf(page)).values()) {
    if (waits && !isTold.has(is.id)) continue;
    const was = pairs.get(is);
    const key = was && keyKnownOf(was, known, claimed);
    const series = key === undefined ? undefined : known.get(key);
    if (key !== undefined) known.delete(key);
    const next =
      was && series
        ? followPrice(followed, series, { was, is, to }, told)
        : seriesOf(is, reading);
    if (next) followed.series.push(next);
  }
  const taken = new Set(followed.series.map(keyOfSeries));
  for (const [key, series] of known)
    if (!taken.has(key)) followed.series.push(pruned(series, at));
  return followed;
}

/** What became of the prices of one page. @param told changes of the page */
function seriesNow(
  to: PageToFollow,
  doubts: readonly NotCompared[] | undefined,
  told: readonly Change[],
  at: number,
): Followed {
  const { page, reading, before, known } = to;
  // Not compared at all: then nothing is known of its prices.
  const silent = !doubts || doubts.some(({ scope }) => scope === 'page');
  if (reading && before && !silent) {
    const unstable = doubts.some(({ reason }) => reason === 'UNSTABLE');
    return followPage({ ...to, before, reading }, told, unstable);
  }
  const series = carried(known, at);
  const begins = series.length === 0 && reading && !saysNotFound(page);
  return {
    series: begins ? begun(page, reading) : series,
    replaced: new Map(),
    added: [],
  };
}

/**
 * @param pages of this run, in the order of its manifest
 * @param comparison with the baseline; undefined where there was none
 * @param now milliseconds since 1970, for pages that were not visited
 * @returns what the next run is to know, and the comparison with what small steps add up to
 */
export function followPrices(
  pages: readonly PageToFollow[],
  comparison: Comparison | undefined,
  now: number,
): { history: PageHistory[]; changes: Change[] } {
  const all = comparison?.changes ?? [];
  const replaced = new Map<Change, Change | undefined>();
  const added: Change[] = [];
  let room: number = HISTORY_LIMITS.values;
  const history = pages.map((to): PageHistory => {
    const { reading, known } = to;
    const { url } = to.page.record;
    const onPage = (entry: { url: string }) => entry.url === url;
    const doubts = comparison?.notCompared.filter(onPage);
    const [told, toldBefore] = notToldYet(all.filter(onPage), known);
    const at = reading ? Date.parse(reading.at) : now;
    const followed = seriesNow(to, doubts, told, at);
    toldBefore.forEach(change => replaced.set(change, undefined));
    followed.replaced.forEach((is, was) => replaced.set(was, is));
    added.push(...followed.added);
    const kept = keptSeries(followed.series, room);
    room -= valuesIn(kept);
    return { url, ...seenLast(to, doubts ?? [], told), ...kept };
  });
  const changes = all.flatMap(change =>
    replaced.has(change) ? replaced.get(change) ?? [] : change,
  );
  return {
    history,
    changes:
      added.length > 0 ? inReadingOrder([...changes, ...added]) : changes,
  };
}
