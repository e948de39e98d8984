import type { Fact } from '@agentworkloads/api';
import type { PricingPage } from './pricing-page';

/** What is wrong with the plans and prices of `facts`; empty when all is right. */
export function findMistakes(
  page: Pick<PricingPage, 'plans' | 'decoys'>,
  facts: readonly Fact[],
): string[] {
  const mistakes: string[] = [];
  const prices = facts.filter(fact => fact.kind === 'price');
  const names = new Set(
    facts.filter(fact => fact.kind === 'plan').map(fact => fact.subject),
  );
  const matched = new Set<Fact>();
  for (const [plan, expected] of Object.entries(page.plans)) {
    if (!names.delete(plan)) mistakes.push(`no plan ${plan}`);
    if (expected === 'contact') {
      const found = facts.some(
        fact => fact.kind === 'contact' && fact.subject === plan,
      );
      if (!found) mistakes.push(`no contact for ${plan}`);
      continue;
    }
    for (const written of expected) {
      const [amount, currency, period, per] = written.split(' ');
      const hit = prices.find(
        fact =>
          !matched.has(fact) &&
          fact.subject === plan &&
          fact.value === Number(amount) &&
          (!currency || currency === '-' || fact.unit?.currency === currency) &&
          (!period || period === '-' || fact.unit?.period === period) &&
          (!per || fact.unit?.per === per),
      );
      if (hit) matched.add(hit);
      else mistakes.push(`no price ${plan} ${written}`);
    }
  }
  for (const name of names) mistakes.push(`extra plan ${name}`);
  for (const fact of prices)
    if (!matched.has(fact))
      mistakes.push(
        `extra price ${fact.subject} ${fact.value} ${JSON.stringify(
          fact.unit ?? {},
        )} ${JSON.stringify(fact.quote)}`,
      );
  for (const decoy of page.decoys ?? [])
    if (prices.some(fact => fact.value === decoy))
      mistakes.push(`decoy ${decoy}`);
  return mistakes;
}
