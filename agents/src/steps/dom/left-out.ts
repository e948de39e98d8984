import type { Fact } from '@agentworkloads/api';
import type { explainFacts } from '@agentworkloads/facts';

type Explained = Pick<ReturnType<typeof explainFacts>, 'facts' | 'candidates'>;

const keyOf = (value: Fact['value'] | undefined, currency?: string) =>
  `${value} ${currency}`;

/**
 * How many amounts of a page are no facts because they stand under no plan's name: each once, without those that the page tells under a
 * name elsewhere.
 */
export function unnamedIn({ facts, candidates }: Explained): number {
  const told = new Set(
    facts
      .filter(({ kind }) => kind === 'price')
      .flatMap(({ value, unit }) => [
        keyOf(value, unit?.currency),
        keyOf(unit?.upTo, unit?.currency),
      ]),
  );
  const left = candidates.flatMap(({ refused, value, currency }) =>
    refused === 'unnamed' || refused === 'unclearTable'
      ? [keyOf(value, currency)]
      : [],
  );
  return new Set(left.filter(key => !told.has(key))).size;
}
