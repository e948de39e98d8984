import type { Fact } from '@agentworkloads/api';
import type { Words } from '../translation/words';
import { compare, type Company, type PlanOffer } from './comparison';
import { factValue, priceTerms } from './factText';

/** What one report has in one line; undefined where it has no such plan. */
export type Said = readonly string[] | undefined;

export interface SideRow {
  plan: string;
  earlier: Said;
  later: Said;
  isSame: boolean;
}

export interface SideCompany {
  host: string;
  name: string;
  rows: SideRow[];
}

const key = (name: string) => name.trim().toLowerCase();

const priceText = (price: Fact, words: Words) =>
  [factValue(price, words), priceTerms(price, words)].filter(Boolean).join(' ');

const texts = (facts: readonly Fact[], words: Words) =>
  facts.map(fact => priceText(fact, words));

function said(plan: PlanOffer | undefined, words: Words): Said {
  return plan && texts([...plan.prices, ...plan.charges], words);
}

const sameWords = (a: Said, b: Said) =>
  a !== undefined &&
  b !== undefined &&
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

function rowsOf(
  earlier: Company | undefined,
  later: Company | undefined,
  words: Words,
): SideRow[] {
  const names = new Map<string, string>();
  for (const { name } of [...(later?.plans ?? []), ...(earlier?.plans ?? [])]) {
    if (!names.has(key(name))) names.set(key(name), name);
  }
  const planOf = (company: Company | undefined, name: string) =>
    company?.plans.find(plan => key(plan.name) === name);
  const row = (plan: string, was: Said, is: Said): SideRow => ({
    plan,
    earlier: was,
    later: is,
    isSame: sameWords(was, is),
  });
  const ofPlans = [...names].map(([name, plan]) =>
    row(
      plan,
      said(planOf(earlier, name), words),
      said(planOf(later, name), words),
    ),
  );
  // Prices under no plan's name, and what is paid on top of all plans, differ as well.
  const beside = (['unnamed', 'charges'] as const).flatMap(part => {
    const [was, is] = [earlier, later].map(
      company => company && texts(company[part], words),
    );
    const name = words.t(part === 'unnamed' ? 'prices.noPlan' : 'prices.onTop');
    return was?.length || is?.length ? [row(name, was, is)] : [];
  });
  return [...ofPlans, ...beside];
}

/**
 * The prices of two reports, plan by plan under the companies' names, as each of them has them. It judges nothing: a plan that one of them
 * has not may have been on a page that it did not see.
 */
export function sideBySide(
  earlier: readonly Fact[],
  later: readonly Fact[],
  words: Words,
): SideCompany[] {
  const [before, after] = [compare(earlier), compare(later)];
  const hosts = new Set([...after, ...before].map(({ host }) => host));
  return [...hosts].flatMap(host => {
    const was = before.find(company => company.host === host);
    const is = after.find(company => company.host === host);
    const rows = rowsOf(was, is, words);
    const name = (is ?? was)?.name ?? host;
    return rows.length > 0 ? [{ host, name, rows }] : [];
  });
}
