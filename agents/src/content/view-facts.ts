import { createHash } from 'node:crypto';
import type { Fact, FactKind, PageView } from '@agentworkloads/api';

/**
 * Facts of a page that was seen in several ways. What two views say is told once, by the first that says it; an amount that only one
 * side of a switch shows says which side that is.
 */
export interface ViewFacts {
  view: Pick<PageView, 'id' | 'state' | 'frame' | 'scrolled'>;
  facts: readonly Fact[];
}

/** What the other side of a switch can tell anew. Headlines and buttons of it are the page's, said again. */
const KINDS_OF_STATES: ReadonlySet<FactKind> = new Set([
  'plan',
  'price',
  'feature',
  'limit',
  'trial',
  'contact',
]);
/** What is taken from a frame of another origin: a chat, a video or an advertisement has headlines and buttons, too. */
const KINDS_OF_FRAMES: ReadonlySet<FactKind> = new Set([
  'plan',
  'price',
  'feature',
  'limit',
  'contact',
]);
/** A price in a sentence is below it. */
const SURE_PRICE = 0.7;

/** A price list: two named prices, or one that says for how long or for what. "From $5" in a chat is none. */
function isPriceList(facts: readonly Fact[]): boolean {
  const prices = facts.filter(
    fact =>
      fact.kind === 'price' &&
      fact.confidence >= SURE_PRICE &&
      fact.subject.trim() !== '',
  );
  const terms = ({ unit }: Fact) => unit?.period ?? unit?.per;
  return prices.length > 1 || prices.some(terms);
}

const fold = (value: string | number): string =>
  String(value).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** What a fact says, wherever it stands. */
function saying(fact: Fact): string {
  const unit = Object.entries(fact.unit ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return JSON.stringify([
    fact.kind,
    fold(fact.subject),
    fold(fact.value),
    unit,
  ]);
}

function inView(fact: Fact, { id }: ViewFacts['view'], first: boolean): Fact {
  if (first) return { ...fact, view: id };
  const hash = createHash('sha256').update(`${fact.id} ${id}`).digest('hex');
  return { ...fact, id: hash.slice(0, 24), view: id };
}

/** Facts of a view that may be told; a frame that holds no price list is not the page's business. */
function worthTelling({ view, facts }: ViewFacts): readonly Fact[] {
  if (!view.frame) return facts.filter(fact => KINDS_OF_STATES.has(fact.kind));
  return isPriceList(facts)
    ? facts.filter(fact => KINDS_OF_FRAMES.has(fact.kind))
    : [];
}

/** Amounts that not every side of the switches shows get the name of theirs. */
function nameSides(
  facts: readonly Fact[],
  views: readonly ViewFacts[],
): Fact[] {
  // The page as loaded is a side, too, though nothing may say which.
  const sides = views.filter(
    ({ view }) => !view.frame && view.scrolled === undefined,
  );
  if (sides.length < 2) return [...facts];
  const shownBy = new Map<string, number>();
  for (const side of sides)
    for (const said of new Set(side.facts.map(saying)))
      shownBy.set(said, (shownBy.get(said) ?? 0) + 1);
  const states = new Map(sides.map(({ view }) => [view.id, view.state]));
  return facts.map(fact => {
    const state = fact.view === undefined ? undefined : states.get(fact.view);
    const everywhere = shownBy.get(saying(fact)) === sides.length;
    return fact.kind !== 'price' || everywhere || !state
      ? fact
      : { ...fact, state };
  });
}

/**
 * @param views the page as loaded first, then the others in the order of its record
 * @returns facts in that order, each naming its view
 */
export function mergeViews(views: readonly ViewFacts[]): Fact[] {
  const told = new Set<string>();
  const facts = views.flatMap((each, index) => {
    const first = index === 0;
    const own = first ? each.facts : worthTelling(each);
    const fresh = own.filter(fact => first || !told.has(saying(fact)));
    for (const fact of own) told.add(saying(fact));
    return fresh.map(fact => inView(fact, each.view, first));
  });
  return nameSides(facts, views);
}
