import {
  FACT_KINDS,
  monthlyOf,
  readSide,
  sincePercent,
  type Change,
  type ChangeSide,
  type Fact,
  type FactKind,
} from '@agentworkloads/api';
import type { Words } from '../translation/words';
import { formatDate } from './time';

function isKind(kind: string): kind is FactKind {
  return FACT_KINDS.includes(kind as FactKind);
}

/** A kind of a newer report is shown as it is called there. */
export function factKindLabel(kind: string, { t }: Words): string {
  return isKind(kind) ? t(`kind.${kind}`) : kind;
}

/** The same within a sentence. */
export function factKindInText(kind: string, { t }: Words): string {
  return isKind(kind) ? t(`kindInText.${kind}`) : kind;
}

/** `$49.00`, or `49 XYZ` where the browser does not know the currency. */
export function formatMoney(
  amount: number,
  currency: string | undefined,
  { locale }: Words,
): string {
  if (!currency) {
    return new Intl.NumberFormat(locale, {
      maximumFractionDigits: 8,
      useGrouping: false,
    }).format(amount);
  }
  try {
    return new Intl.NumberFormat(locale, {
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

/** What a visitor chose to be shown it: `with “Yearly” chosen`, `with “Yearly” not chosen`. */
export function choiceText(state: string, { t }: Words): string {
  const { label, stand } = readSide(state);
  return t(`price.${stand}`, { state: label });
}

/** What the amount buys: `per user a month, billed annually, with “Yearly” chosen`; empty when nothing is known. */
export function priceTerms(
  fact: Pick<Fact, 'unit' | 'state'>,
  words: Words,
): string {
  const { t } = words;
  const { period, per, billed } = fact.unit ?? {};
  const parts = [
    per && t('price.per', { per }),
    period && t(`price.${period}`),
  ];
  const chosen = fact.state && choiceText(fact.state, words);
  return [parts.filter(Boolean).join(' '), billed, chosen]
    .filter(Boolean)
    .join(', ');
}

/** An amount, `€10–€20` or `from $8`. */
function amountText(
  { from, upTo }: { from?: boolean; upTo?: string },
  amount: string,
  { t }: Words,
): string {
  if (upTo !== undefined) return t('price.range', { from: amount, upTo });
  return from ? t('price.from', { amount }) : amount;
}

export function factValue(
  fact: Pick<Fact, 'value' | 'unit'>,
  words: Words,
): string {
  if (typeof fact.value !== 'number') return fact.value;
  const { currency, from, upTo } = fact.unit ?? {};
  const money = (value: number) => formatMoney(value, currency, words);
  return amountText(
    { from, upTo: upTo === undefined ? undefined : money(upTo) },
    money(fact.value),
    words,
  );
}

/** What a price comes to a month: `$29`, `≈ $24.17` of a year; empty where no month can be made of it. */
export function monthText(price: Fact, words: Words): string {
  const monthly = monthlyOf(price);
  if (!monthly) return '';
  const { value, upTo, from, converted } = monthly;
  const money = (amount: number) =>
    formatMoney(amount, price.unit?.currency, words);
  const amount = money(value);
  return amountText(
    { from, upTo: upTo === undefined ? undefined : money(upTo) },
    converted ? words.t('price.about', { amount }) : amount,
    words,
  );
}

/** One line, e.g. `$49 per user a month`. */
export function factText(fact: Fact, words: Words): string {
  return valueAndTerms(fact, fact.kind, words);
}

function valueAndTerms(
  said: Pick<Fact, 'value' | 'unit' | 'state'>,
  kind: string,
  words: Words,
): string {
  return [factValue(said, words), kind === 'price' && priceTerms(said, words)]
    .filter(Boolean)
    .join(' ');
}

/** With what small steps add up to, or when it was seen that a price was something else, where the step does not say it all. */
function withSince(step: string, change: Change, words: Words): string {
  const { t } = words;
  const { was, since } = change;
  if (!since) return step;
  const day = since.was.at
    ? formatDate(since.was.at, words)
    : t('change.anEarlierRun');
  if (was?.workflowUid === since.was.workflowUid) {
    return t('change.since', { step, day });
  }
  const value = factValue(since.was, words);
  const percent = sincePercent(change);
  return percent === undefined
    ? t('change.sinceWas', { step, day, value })
    : t('change.sinceWasBy', {
        step,
        day,
        value,
        percent: `${percent < 0 ? '−' : '+'}${Math.abs(percent).toLocaleString(
          words.locale,
        )}`,
      });
}

/** What a price was, without the terms that it still has: `$24`, before `$29 per seat a month`. Nothing else is told apart so. */
function wasOnTheSameTerms(change: Change, words: Words): string | undefined {
  const { was, is, factKind } = change;
  if (factKind !== 'price' || !was || !is) return undefined;
  const value = factValue(was, words);
  const isSame =
    value !== factValue(is, words) &&
    priceTerms(was, words) === priceTerms(is, words);
  return isSame ? value : undefined;
}

/** @param fact what the change is about now, which knows the currency of a change without sides: that of a report of before */
export function changeText(
  change: Change,
  fact: Fact | undefined,
  words: Words,
): string {
  const { t } = words;
  const sided = (side: ChangeSide | undefined) =>
    side && valueAndTerms(side, change.factKind, words);
  const worded = (value: string | number | undefined) =>
    typeof value === 'number' ? priced(value, change, fact, words) : value;
  const before = sided(change.was) ?? worded(change.before);
  const after = sided(change.is) ?? worded(change.after);
  switch (change.kind) {
    case 'added':
      return after === undefined
        ? t('change.new')
        : t('change.newIs', { value: after });
    case 'removed':
      return before === undefined
        ? t('change.gone')
        : t('change.goneWas', { value: before });
    default: {
      const nothing = t('change.nothing');
      const step = t('change.fromTo', {
        before: wasOnTheSameTerms(change, words) ?? before ?? nothing,
        after: after ?? nothing,
      });
      return withSince(step, change, words);
    }
  }
}

function priced(
  value: number,
  change: Change,
  fact: Fact | undefined,
  words: Words,
): string {
  return change.factKind === 'price'
    ? formatMoney(value, fact?.unit?.currency, words)
    : String(value);
}
