import {
  sincePercent,
  type Change,
  type ChangeSide,
  type Fact,
  type Suspicion,
} from '@agentworkloads/api';
import { amount, conditions, money, quoted } from './display';

/** Changes in words, made from both facts: each side in its own currency and terms. */

type Priced = Pick<Fact, 'value' | 'unit' | 'state'>;

/** An amount with its terms: "$29 per user / month, billed annually". */
export function priced(price: Priced): string {
  if (price.value === 0 && price.unit?.upTo === undefined) return 'no charge';
  const said = conditions(price);
  return said ? `${amount(price)} ${said}` : amount(price);
}

const UNUSUAL: Record<Suspicion, string> = {
  currency: 'another currency',
  unit: 'another unit',
  factor: 'more than three times as much, or less than a third',
  zero: 'nothing on one side',
};

function sideText(side: ChangeSide): string {
  return typeof side.value === 'number' ? priced(side) : quoted(side.value);
}

function priceSentence(
  change: Change,
  was: ChangeSide,
  is: ChangeSide,
): string {
  const name = change.subject.trim();
  const what = name ? `price of ${quoted(name, 80)}` : 'price without a name';
  const [then, now] = [sideText(was), sideText(is)];
  if (change.aspect === 'hidden')
    return `The ${what} is now hidden: ${now}; it was ${then}.`;
  if (change.aspect === 'shown')
    return `The ${what} is now shown: ${now}; it was ${then}.`;
  if (change.aspect === 'currency')
    return `The ${what} is shown in another currency: ${now}, it was ${then}.`;
  if (change.aspect === 'terms')
    return `The terms of the ${what} changed from ${then} to ${now}.`;
  return `The ${what} changed from ${then} to ${now}.`;
}

function changedSentence(
  change: Change,
  was: ChangeSide,
  is: ChangeSide,
): string {
  const { factKind, aspect } = change;
  if (factKind === 'price') return priceSentence(change, was, is);
  if (aspect === 'moved' && factKind === 'plan')
    return `Plan ${quoted(is.value)} moved to another page.`;
  if (aspect === 'moved')
    return `The ${factKind} ${quoted(is.value)} moved from ${quoted(
      was.subject,
      80,
    )} to ${quoted(is.subject, 80)}.`;
  if (factKind === 'plan')
    return `Plan ${quoted(was.value)} is now called ${quoted(is.value)}.`;
  return `The ${factKind} of ${quoted(
    change.subject,
    80,
  )} changed from ${sideText(was)} to ${sideText(is)}.`;
}

function loneSentence(change: Change, side: ChangeSide): string {
  const subject = change.subject.trim();
  if (change.factKind === 'plan')
    return `Plan ${quoted(subject, 80)} was ${change.kind}.`;
  const kind = change.aspect === 'promotion' ? 'promotion' : change.factKind;
  const what = subject ? `${kind} of ${quoted(subject, 80)}` : kind;
  return `${change.kind === 'added' ? 'New' : 'Gone,'} ${what}: ${sideText(
    side,
  )}.`;
}

/** A change in reports of before, which has no sides. */
function bareSentence(change: Change, facts: readonly Fact[]): string {
  const currency = facts.find(fact => fact.id === change.factId)?.unit
    ?.currency;
  const value = (it: Change['before']) =>
    typeof it === 'number' ? money(it, currency) : quoted(String(it));
  const what = `${change.factKind} of ${quoted(change.subject, 80)}`;
  if (change.factKind === 'plan') {
    if (change.kind === 'changed')
      return `Plan ${value(change.before)} is now called ${value(
        change.after,
      )}.`;
    return `Plan ${quoted(change.subject, 80)} was ${change.kind}.`;
  }
  if (change.kind === 'changed')
    return `The ${what} changed from ${value(change.before)} to ${value(
      change.after,
    )}.`;
  return change.kind === 'added'
    ? `New ${what}: ${value(change.after)}.`
    : `Gone, ${what}: ${value(change.before)}.`;
}

function mainSentence(change: Change, facts: readonly Fact[]): string {
  const { was, is } = change;
  if (was && is) return changedSentence(change, was, is);
  const side = is ?? was;
  return side ? loneSentence(change, side) : bareSentence(change, facts);
}

const signed = (percent: number) =>
  `${percent < 0 ? '−' : '+'}${Math.abs(percent)}`;

/** What steps add up to, and what moved while the page could not be compared: with the day, and in percent. */
export function sinceSentence(change: Change): string | undefined {
  const { was, is, since } = change;
  if (!since || !is) return undefined;
  const day = since.was.at?.slice(0, 10) ?? 'an earlier run';
  const [then, now] = [sideText(since.was), sideText(is)];
  if (was?.workflowUid === since.was.workflowUid)
    return `${then} is of ${day}: it moved while it could not be compared.`;
  const percent = sincePercent(change);
  const by = percent === undefined ? '' : ` (${signed(percent)} %)`;
  return `Since ${day}: ${then} → ${now}${by}.`;
}

/** @param facts of the later run: a change of before, which has no sides, takes its currency from there. */
export function changeSentence(
  change: Change,
  facts: readonly Fact[] = [],
): string {
  const sentence = [mainSentence(change, facts), sinceSentence(change)]
    .filter(Boolean)
    .join(' ');
  if (!change.suspect) return sentence;
  const why = change.suspect.map(each => UNUSUAL[each]).join('; ');
  return `${sentence} Unusual: ${why}.`;
}
