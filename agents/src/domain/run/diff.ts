import {
  PAGE_VIEW,
  type Change,
  type Fact,
  type PageRecord,
} from '@agentworkloads/api';

/** The facts of one run, with the pages that they were read from. */
export interface ObservedRun {
  facts: readonly Fact[];
  pages: readonly PageRecord[];
}

/** Below this a fact is too vague to tell its absence from a change of layout. */
const MIN_CONFIDENCE = 0.8;

function fold(text: string | number): string {
  return String(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** What stays the same when only the amount in it changes: "5 users" and "10 users". */
function frame(text: string): string {
  return fold(text).replace(/[\d.,]+|unlimited/g, '#');
}

/** Pages seen in both runs under the same final URL. Only of these can be said that something is gone. */
function comparablePages(before: ObservedRun, after: ObservedRun): Set<string> {
  const seen = new Map(
    before.pages
      .filter(page => !page.reason)
      .map(page => [page.url, page.finalUrl ?? page.url]),
  );
  const both = after.pages.filter(
    page => !page.reason && seen.get(page.url) === (page.finalUrl ?? page.url),
  );
  return new Set(both.map(page => page.url));
}

interface Entry {
  key: string;
  fact: Fact;
}

function keyOf(fact: Fact): string {
  const parts: (string | number | undefined)[] = [fact.url, fact.kind];
  if (fact.kind === 'price')
    parts.push(
      fold(fact.subject),
      fact.unit?.currency,
      fact.unit?.period,
      fact.unit?.per,
      // Of the page as loaded no side is named: a run of before knows none.
      fact.view && fact.view !== PAGE_VIEW ? fact.state : undefined,
    );
  else if (fact.kind === 'limit')
    parts.push(fold(fact.subject), frame(String(fact.value)));
  else parts.push(fold(fact.subject), fold(fact.value));
  return JSON.stringify(parts);
}

function index(facts: readonly Fact[]): Map<string, Fact> {
  const entries = new Map<string, Fact>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (!entries.has(key)) entries.set(key, fact);
  }
  return entries;
}

function toChange(
  kind: Change['kind'],
  before: Fact | undefined,
  after: Fact | undefined,
): Change {
  const fact = (after ?? before) as Fact;
  return {
    kind,
    factKind: fact.kind,
    subject: fact.subject,
    url: fact.url,
    ...(before ? { before: before.value } : {}),
    ...(after ? { after: after.value } : {}),
    ...(after ? { factId: after.id } : {}),
  };
}

function pricesOf(run: ObservedRun, plan: Fact): string {
  const prices = run.facts
    .filter(
      fact =>
        fact.kind === 'price' &&
        fact.url === plan.url &&
        fold(fact.subject) === fold(plan.subject),
    )
    .map(fact => JSON.stringify([fact.value, fact.unit]));
  return prices.sort().join();
}

function detailsOf(run: ObservedRun, plan: Fact): Set<string> {
  return new Set(
    run.facts
      .filter(
        fact =>
          (fact.kind === 'feature' || fact.kind === 'limit') &&
          fact.url === plan.url &&
          fold(fact.subject) === fold(plan.subject),
      )
      .map(fact => fold(fact.value)),
  );
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const item of a) if (b.has(item)) shared += 1;
  return shared / Math.max(a.size, b.size);
}

/** The plan that a removed one may have been renamed to: the same prices, or mostly the same features. */
function findRenamed(
  gone: Entry,
  added: readonly Entry[],
  before: ObservedRun,
  after: ObservedRun,
): Entry | undefined {
  const prices = pricesOf(before, gone.fact);
  const details = detailsOf(before, gone.fact);
  return added.find(({ fact }) => {
    if (fact.url !== gone.fact.url) return false;
    const samePrices = prices !== '' && prices === pricesOf(after, fact);
    const likeness = alike(details, detailsOf(after, fact));
    return (
      (samePrices && (likeness > 0 || details.size === 0)) || likeness >= 0.6
    );
  });
}

interface Sides {
  gone: Entry[];
  added: Entry[];
  kept: (readonly [Fact, Fact])[];
}

function compare(before: readonly Fact[], after: readonly Fact[]): Sides {
  const old = index(before);
  const now = index(after);
  const sides: Sides = { gone: [], added: [], kept: [] };
  for (const [key, fact] of old) {
    const other = now.get(key);
    if (other) sides.kept.push([fact, other]);
    else sides.gone.push({ key, fact });
  }
  for (const [key, fact] of now)
    if (!old.has(key)) sides.added.push({ key, fact });
  return sides;
}

function takePlans(
  sides: Sides,
  before: ObservedRun,
  after: ObservedRun,
  renamed: Map<string, string>,
): Change[] {
  const gone = sides.gone.filter(({ fact }) => fact.kind === 'plan');
  const added = sides.added.filter(({ fact }) => fact.kind === 'plan');
  const changes: Change[] = [];
  for (const entry of gone) {
    const now = findRenamed(entry, added, before, after);
    if (!now) {
      changes.push(toChange('removed', entry.fact, undefined));
      continue;
    }
    added.splice(added.indexOf(now), 1);
    renamed.set(
      `${entry.fact.url} ${fold(entry.fact.subject)}`,
      now.fact.subject,
    );
    changes.push(toChange('changed', entry.fact, now.fact));
  }
  for (const entry of added)
    changes.push(toChange('added', undefined, entry.fact));
  return changes;
}

/** One gone and one new of a kind about one subject is a change; else each stands for itself. */
function pairUp(sides: Sides): Change[] {
  const slot = ({ fact }: Entry) =>
    JSON.stringify([fact.url, fact.kind, fold(fact.subject)]);
  const changes: Change[] = [];
  const added = [...sides.added];
  for (const entry of sides.gone) {
    const same = (other: Entry) => slot(other) === slot(entry);
    const single =
      entry.fact.kind !== 'feature' &&
      sides.gone.filter(same).length === 1 &&
      added.filter(same).length === 1;
    const now = single ? added.find(same) : undefined;
    if (now) added.splice(added.indexOf(now), 1);
    changes.push(toChange(now ? 'changed' : 'removed', entry.fact, now?.fact));
  }
  for (const entry of added)
    changes.push(toChange('added', undefined, entry.fact));
  return changes;
}

const ORDER = [
  'plan',
  'price',
  'limit',
  'feature',
  'trial',
  'headline',
  'cta',
  'contact',
];

/**
 * What changed from one run to the next. Says nothing of pages that either run did not observe, and little of a plan that came or
 * went as a whole: its prices and features came or went with it.
 */
export function diffRuns(before: ObservedRun, after: ObservedRun): Change[] {
  const pages = comparablePages(before, after);
  const usable = (fact: Fact) =>
    pages.has(fact.url) && fact.confidence >= MIN_CONFIDENCE;
  const old = before.facts.filter(usable);
  const now = after.facts.filter(usable);
  const renamed = new Map<string, string>();
  const plans = takePlans(
    compare(
      old.filter(fact => fact.kind === 'plan'),
      now.filter(fact => fact.kind === 'plan'),
    ),
    before,
    after,
    renamed,
  );
  const whole = new Set(
    plans
      .filter(change => change.kind !== 'changed')
      .map(change => `${change.url} ${fold(change.subject)}`),
  );
  const details = (facts: readonly Fact[]) =>
    facts.filter(
      fact =>
        fact.kind !== 'plan' && !whole.has(`${fact.url} ${fold(fact.subject)}`),
    );
  const carried = details(old).map(fact => {
    const subject = renamed.get(`${fact.url} ${fold(fact.subject)}`);
    return subject ? { ...fact, subject } : fact;
  });
  const sides = compare(carried, details(now));
  const valued = sides.kept
    .filter(([a, b]) => fold(a.value) !== fold(b.value))
    .map(([a, b]) => toChange('changed', a, b));
  return [...plans, ...valued, ...pairUp(sides)].sort(
    (a, b) => ORDER.indexOf(a.factKind) - ORDER.indexOf(b.factKind),
  );
}
