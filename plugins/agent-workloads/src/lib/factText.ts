import {
  monthlyOf,
  monthText as monthIn,
  sincePercent,
  type Change,
  type ChangeSide,
  type Fact,
  type FactKind,
} from '@agentworkloads/api';
import { formatDate } from './time';

export const FACT_KIND_LABELS: Record<FactKind, string> = {
  plan: 'Plan',
  price: 'Price',
  feature: 'Feature',
  headline: 'Headline',
  cta: 'Call to action',
  trial: 'Trial',
  limit: 'Limit',
  contact: 'Contact',
};

export function factKindLabel(kind: string): string {
  return FACT_KIND_LABELS[kind as FactKind] ?? kind;
}

/** `$49.00`, or `49 XYZ` where the browser does not know the currency. */
export function formatMoney(amount: number, currency?: string): string {
  if (!currency) {
    return String(amount);
  }
  try {
    return new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
      // Never rounded: an amount for a second or a token has many decimals.
      maximumFractionDigits: 8,
    }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** What the amount buys: `per user a month, billed annually, with “Yearly” chosen`; empty when nothing is known. */
export function priceTerms(fact: Pick<Fact, 'unit' | 'state'>): string {
  const { period, per, billed } = fact.unit ?? {};
  const parts = [
    per && `per ${per}`,
    period === 'once' ? 'once' : period && `a ${period}`,
  ].filter(Boolean);
  const chosen = fact.state && `with “${fact.state}” chosen`;
  return [parts.join(' '), billed, chosen].filter(Boolean).join(', ');
}

export function factValue(fact: Pick<Fact, 'value' | 'unit'>): string {
  if (typeof fact.value !== 'number') return fact.value;
  const { currency, from, upTo } = fact.unit ?? {};
  const amount = formatMoney(fact.value, currency);
  if (upTo !== undefined) return `${amount}–${formatMoney(upTo, currency)}`;
  return from ? `from ${amount}` : amount;
}

export const monthText = (price: Fact): string =>
  monthIn(monthlyOf(price), value => formatMoney(value, price.unit?.currency));

/** One line, e.g. `$49 per user a month`. */
export function factText(fact: Fact): string {
  return [factValue(fact), fact.kind === 'price' ? priceTerms(fact) : '']
    .filter(Boolean)
    .join(' ');
}

/** What small steps add up to, or when it was seen that a price was something else; empty where the step says it all. */
function sinceText(change: Change): string {
  const { was, since } = change;
  if (!since) return '';
  const day = since.was.at ? formatDate(since.was.at) : 'an earlier run';
  if (was?.workflowUid === since.was.workflowUid) return ` since ${day}`;
  const percent = sincePercent(change);
  const by =
    percent === undefined
      ? ''
      : `, ${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
  return `; since ${day}: ${factValue(since.was)}${by}`;
}

/** @param fact what the change is about now, which knows the currency of a change without sides: that of a report of before */
export function changeText(change: Change, fact?: Fact): string {
  const sided = (side: ChangeSide | undefined) =>
    side &&
    [factValue(side), change.factKind === 'price' ? priceTerms(side) : '']
      .filter(Boolean)
      .join(' ');
  const worded = (value: string | number | undefined) =>
    typeof value === 'number' && change.factKind === 'price'
      ? formatMoney(value, fact?.unit?.currency)
      : value;
  const before = sided(change.was) ?? worded(change.before);
  const after = sided(change.is) ?? worded(change.after);
  switch (change.kind) {
    case 'added':
      return after === undefined ? 'New' : `New: ${after}`;
    case 'removed':
      return before === undefined ? 'Gone' : `Gone, was: ${before}`;
    default:
      return `${before ?? 'nothing'} → ${after ?? 'nothing'}${sinceText(
        change,
      )}`;
  }
}
