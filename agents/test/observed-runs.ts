import type { Change, Fact, PageRecord } from '@agentworkloads/api';
import type { ObservedPage, ObservedRun } from '../src/compare/observed';
import { extractFacts, type PageBundle } from '@agentworkloads/facts';
import { mergeViews } from '../src/content/view-facts';
import { savedPageOf } from '@agentworkloads/facts/testing';

/** Runs to compare, made of small pages by the real extractor. */

export const PRICING = 'https://acme.example/pricing';
export const FULL_COLLECTOR = {
  version: 2,
  abilities: [
    'scrolled-into-view',
    'main-content',
    'switch-states',
    'switches-by-name',
    'frames-of-other-origins',
    'lists-of-what-is-in-sight',
  ],
};

export interface CardOf {
  name: string;
  price: string;
  features?: readonly string[];
  cta?: string;
}

export const STARTER: CardOf = {
  name: 'Starter',
  price: '$9 per user per month',
  features: ['5 projects', '10 GB storage', 'Community forum'],
};
export const TEAM: CardOf = {
  name: 'Team',
  price: '$29 per user per month',
  features: ['50 projects', '100 GB storage', 'Chat with our staff'],
};
export const ENTERPRISE: CardOf = {
  name: 'Enterprise',
  price: '$129 per user per month',
  features: ['Unlimited projects', 'Single sign-on', 'Audit log'],
};
export const THREE = [STARTER, TEAM, ENTERPRISE] as const;

export function cardsHtml(cards: readonly CardOf[]): string {
  const card = ({ name, price, features = [], cta }: CardOf) =>
    `<div><h3>${name}</h3><p>${price}</p><ul>${features
      .map(feature => `<li>${feature}</li>`)
      .join('')}</ul>${cta ? `<a href="/buy">${cta}</a>` : ''}</div>`;
  return `<div>${cards.map(card).join('')}</div>`;
}

/** The same plans, a row each. */
export function tableHtml(cards: readonly CardOf[]): string {
  const rows = cards.map(
    ({ name, price }) => `<tr><td>${name}</td><td>${price}</td></tr>`,
  );
  return `<table><thead><tr><th>Plan</th><th>Price</th></tr></thead><tbody>${rows.join(
    '',
  )}</tbody></table>`;
}

/** The three plans under a headline, and what a test wants around them. */
export function pricingHtml(
  cards: readonly CardOf[] = THREE,
  around: { above?: string; below?: string; headline?: string } = {},
): string {
  const { above = '', below = '' } = around;
  const headline = around.headline ?? 'Prices for teams that ship';
  return `${above}<main><h1>${headline}</h1>${cardsHtml(
    cards,
  )}<p>Try it with a 14-day free trial</p>${below}</main>`;
}

/** A page as a run saw it: its HTML, read by the extractor. */
export function pageOf(
  body: string,
  record: Partial<PageRecord> = {},
): ObservedPage {
  const bundle: PageBundle = savedPageOf(body, { url: record.url ?? PRICING });
  return observed(bundle, record);
}

export function observed(
  bundle: PageBundle,
  record: Partial<PageRecord> = {},
): ObservedPage {
  const page = {
    ...bundle.page,
    lang: 'en',
    fetchedAt: '2026-11-22T08:00:00.000Z',
    collector: FULL_COLLECTOR,
    ...record,
  };
  return {
    record: page,
    facts: mergeViews([
      { view: { id: 'page' }, facts: extractFacts({ ...bundle, page }) },
    ]),
    textLength: bundle.text.length,
  };
}

export function runOf(
  workflowUid: string,
  ...pages: readonly ObservedPage[]
): ObservedRun {
  return { workflowUid, pages };
}

/** A plan with something else in it. */
export const but = (card: CardOf, other: Partial<CardOf>): CardOf => ({
  ...card,
  ...other,
});

/** A fact of another view, as the collector's other abilities would have brought it. */
export function withFacts(
  page: ObservedPage,
  change: (facts: readonly Fact[]) => readonly Fact[],
  record: Partial<PageRecord> = {},
): ObservedPage {
  return {
    ...page,
    facts: change(page.facts),
    record: { ...page.record, ...record },
  };
}

/** One line for each change: what kind, of what, whose, and from what to what. */
export function told(changes: readonly Change[]): string[] {
  return changes.map(change => {
    const { kind, factKind, aspect, subject, before, after } = change;
    const values = [before, after].filter(value => value !== undefined);
    return `${[kind, aspect, factKind]
      .filter(Boolean)
      .join(' ')}, ${subject}: ${values.join(' -> ')}`;
  });
}
