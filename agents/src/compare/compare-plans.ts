import type { Change, Fact } from '@agentworkloads/api';
import { assign } from './assign';
import { tell, tellLone, type Findings } from './findings';
import { changeOf, type Pair } from './observed';
import {
  assignPlans,
  confidenceOf,
  factsOf,
  standsApart,
  type Plan,
  type PlansOfPage,
} from './plans';
import { assignPrices, priceChange } from './prices';
import { assignCopy, assignTexts, textAspect } from './texts';
import { fold } from './wording';

/** A plan or a price below it is one in a sentence. */
const SURE_PRICE = 0.7;
const SURE_DETAIL = 0.8;

/** "Contact us" in the place of a price, or the other way round: one change, however many prices there were. */
function tellHidden(
  findings: Findings,
  pair: Pair,
  was: Fact,
  is: Fact,
  aspect: 'hidden' | 'shown',
): void {
  tell(findings, {
    ...changeOf(pair, was, is, { aspect }),
    factKind: 'price',
  });
}

/** @returns whether prices stand on both sides, so that calls to act say something of their own */
function comparePrices(
  findings: Findings,
  pair: Pair,
  was: Plan,
  is: Plan,
  sure: number,
): boolean {
  if (was.prices.length > 0 && is.prices.length === 0 && is.onRequest) {
    tellHidden(findings, pair, was.prices[0], is.onRequest, 'hidden');
    return false;
  }
  if (is.prices.length > 0 && was.prices.length === 0 && was.onRequest) {
    tellHidden(findings, pair, was.onRequest, is.prices[0], 'shown');
    return false;
  }
  const { pairs, gone, came } = assignPrices(was.prices, is.prices);
  for (const [a, b] of pairs) {
    const change = priceChange(a, b);
    if (change) tell(findings, changeOf(pair, a, b, change, sure));
  }
  findings.lost += gone.length;
  const lone = { atLeast: SURE_PRICE, confidence: sure };
  for (const fact of gone) tellLone(findings, pair, { was: fact, ...lone });
  for (const fact of came) tellLone(findings, pair, { is: fact, ...lone });
  return true;
}

function compareTexts(
  findings: Findings,
  pair: Pair,
  pairs: readonly (readonly [Fact, Fact])[],
): void {
  for (const [was, is] of pairs) {
    const aspect = textAspect(was, is, true);
    if (aspect) tell(findings, changeOf(pair, was, is, { aspect }));
  }
}

interface LoneDetail {
  fact: Fact;
  sure: number;
}

/** A feature that one plan lost and another got moved. */
function tellDetails(
  findings: Findings,
  pair: Pair,
  gone: readonly LoneDetail[],
  came: readonly LoneDetail[],
): void {
  const moved = assign(gone, came, (was, is) =>
    fold(was.fact.value) === fold(is.fact.value) ? 1 + was.sure + is.sure : 0,
  );
  for (const [was, is] of moved.pairs) {
    const sure = Math.min(was.sure, is.sure);
    const rest = { aspect: 'moved' as const };
    tell(findings, changeOf(pair, was.fact, is.fact, rest, sure));
  }
  findings.lost += moved.gone.length;
  const lone = (confidence: number) => ({ atLeast: SURE_DETAIL, confidence });
  for (const { fact, sure } of moved.gone)
    tellLone(findings, pair, { was: fact, ...lone(sure) });
  for (const { fact, sure } of moved.came)
    tellLone(findings, pair, { is: fact, ...lone(sure) });
}

/** Lists of features that one reading has and the other has none of: another layout, not a page of plans without features. */
function listsAreRead(pairs: readonly (readonly [Plan, Plan])[]): boolean {
  const all = (side: 0 | 1) =>
    pairs.reduce((sum, plans) => sum + plans[side].details.length, 0);
  const [then, now] = [all(0), all(1)];
  return pairs.length < 2 || Math.min(then, now) > 0 || Math.max(then, now) < 3;
}

function compareRenamed(
  findings: Findings,
  pair: Pair,
  was: Plan,
  is: Plan,
): void {
  if (was.key !== is.key && was.fact && is.fact)
    tell(findings, changeOf(pair, was.fact, is.fact, { aspect: 'name' }));
  if (was.onRequest && is.onRequest) {
    const aspect = textAspect(was.onRequest, is.onRequest, true);
    if (aspect)
      tell(findings, changeOf(pair, was.onRequest, is.onRequest, { aspect }));
  }
}

function noteOrder(
  findings: Findings,
  pair: Pair,
  pairs: readonly (readonly [Plan, Plan])[],
): void {
  const inOrder = [...pairs].sort(([, a], [, b]) => a.place - b.place);
  const moved = inOrder.find(
    ([was], index) => index > 0 && was.place < inOrder[index - 1][0].place,
  );
  if (!moved) return;
  const [was, is] = moved.map(plan => plan.fact ?? plan.prices[0]);
  tell(findings, changeOf(pair, was, is, { aspect: 'reordered' }));
}

/** A plan that came or went is told once, not with each of its facts. */
function tellLonePlan(
  findings: Findings,
  pair: Pair,
  plan: Plan,
  side: 'was' | 'is',
  kept: readonly Plan[],
): void {
  if (plan.fact && !standsApart(plan, kept)) {
    tellLone(findings, pair, { [side]: plan.fact, atLeast: SURE_PRICE });
    return;
  }
  // A price that is no plan's, on a page that has plans, is a promotion.
  for (const price of plan.prices)
    tellLone(findings, pair, {
      [side]: price,
      ...(kept.length > 0
        ? { atLeast: 0, aspect: 'promotion' as const }
        : { atLeast: SURE_PRICE }),
    });
}

function comparePair(
  findings: Findings,
  pair: Pair,
  [was, is]: readonly [Plan, Plan],
  withTexts: boolean,
): { gone: LoneDetail[]; came: LoneDetail[] } {
  const sure = Math.min(confidenceOf(was), confidenceOf(is));
  compareRenamed(findings, pair, was, is);
  const priced = comparePrices(findings, pair, was, is, sure);
  if (!withTexts) return { gone: [], came: [] };
  const details = assignTexts(was.details, is.details);
  compareTexts(findings, pair, details.pairs);
  if (priced) {
    const ctas = assignCopy(was.ctas, is.ctas);
    compareTexts(findings, pair, ctas.pairs);
    details.gone.push(...ctas.gone);
    details.came.push(...ctas.came);
  }
  const lone = (fact: Fact) => ({ fact, sure });
  return { gone: details.gone.map(lone), came: details.came.map(lone) };
}

/** Plans, prices, and what plans have. @param withTexts whether words may be compared */
export function comparePlans(
  findings: Findings,
  pair: Pair,
  before: PlansOfPage,
  after: PlansOfPage,
  withTexts: boolean,
): void {
  const { pairs, gone, came } = assignPlans(before.plans, after.plans);
  const read = listsAreRead(pairs);
  if (withTexts && !read) findings.parts.add('OTHER_LAYOUT');
  const texts = withTexts && read;
  const counted = (plan: Plan) =>
    texts ? factsOf(plan).length : 1 + plan.prices.length;
  const details = pairs.map(plans => comparePair(findings, pair, plans, texts));
  noteOrder(findings, pair, pairs);
  for (const plan of before.plans) findings.compared += counted(plan);
  for (const plan of gone) findings.lost += counted(plan);
  const kept = (side: 0 | 1) =>
    pairs.map(plans => plans[side]).filter(({ fact }) => fact);
  for (const plan of gone) tellLonePlan(findings, pair, plan, 'was', kept(0));
  for (const plan of came) tellLonePlan(findings, pair, plan, 'is', kept(1));
  tellDetails(
    findings,
    pair,
    details.flatMap(each => each.gone),
    details.flatMap(each => each.came),
  );
}

/** Plans that left one page and stand on another of the same run moved. */
export function joinMoved(changes: readonly Change[]): Change[] {
  const came = changes.filter(
    ({ kind, factKind }) => kind === 'added' && factKind === 'plan',
  );
  const joined = new Set<Change>();
  const moved = changes.flatMap(gone => {
    if (gone.kind !== 'removed' || gone.factKind !== 'plan') return [];
    const to = came.find(
      each =>
        !joined.has(each) &&
        each.url !== gone.url &&
        fold(each.subject) === fold(gone.subject),
    );
    if (!to) return [];
    joined.add(to).add(gone);
    const both: Change = {
      ...to,
      kind: 'changed',
      aspect: 'moved',
      before: gone.before,
      was: gone.was,
      confidence: Math.min(to.confidence ?? 1, gone.confidence ?? 1),
    };
    return [both];
  });
  return [...changes.filter(change => !joined.has(change)), ...moved];
}
