import type { Fact } from '@agentworkloads/api';
import { amount, howSeen, shortUrl } from './display';
import {
  escapeHtml,
  factList,
  link,
  priceTerms,
  proof,
  said,
  table,
} from './html-parts';
import { pageWords, type PageContents } from './page-words';
import type { CompanyView, PlanView } from './views';

function price(fact: Fact): string {
  return `<div><span class="price">${said(amount(fact))}</span>${proof(
    fact,
  )}<span class="terms">${escapeHtml(priceTerms(fact))}</span></div>`;
}

function priceCell(plan: PlanView): string {
  if (plan.prices.length > 0) return plan.prices.map(price).join('');
  return plan.onRequest
    ? `<span class="muted">On request</span>${proof(plan.onRequest)}`
    : '<span class="muted">—</span>';
}

function planTable(plans: readonly PlanView[]): string {
  if (plans.length === 0)
    return '<p class="muted">No priced plan could be read on these pages.</p>';
  const rows = plans
    .map(
      plan =>
        `<tr><th scope="row">${said(plan.name, 120)}${proof(
          plan.plan,
        )}</th><td>${priceCell(plan)}</td><td>${factList(
          plan.limits,
          8,
        )}</td><td>${factList(plan.features, 12)}</td></tr>`,
    )
    .join('');
  return table(
    ['Plan', 'Price', 'Limits', 'Features'],
    `<tbody>${rows}</tbody>`,
  );
}

function chips(title: string, facts: readonly Fact[], max: number): string {
  if (facts.length === 0) return '';
  return `<h3>${title}</h3><ul class="chips">${facts
    .slice(0, max)
    .map(fact => `<li>${said(fact.value, 160)}${proof(fact)}</li>`)
    .join('')}</ul>`;
}

function priceList(title: string, prices: readonly Fact[]): string {
  if (prices.length === 0) return '';
  return `<h3>${title}</h3><ul class="plain">${prices
    .map(
      fact =>
        `<li>${said(amount(fact))} ${escapeHtml(priceTerms(fact))}${proof(
          fact,
        )}</li>`,
    )
    .join('')}</ul>`;
}

function shots(
  company: CompanyView,
  thumbnails: ReadonlyMap<string, string>,
): string {
  const images = company.pages.flatMap(page => {
    const uri = thumbnails.get(page.url);
    return uri &&
      /^data:image\/(?:webp|png|jpeg);base64,[A-Za-z0-9+/=]+$/.test(uri)
      ? [
          `<img src="${uri}" alt="Screenshot of ${escapeHtml(
            shortUrl(page.url),
          )}">`,
        ]
      : [];
  });
  return images.length > 0 ? `<div class="shots">${images.join('')}</div>` : '';
}

function body(company: CompanyView): string {
  if (company.pages.every(page => page.reason))
    return '<p class="muted">Nothing of this company could be observed.</p>';
  return (
    planTable(company.plans) +
    priceList("Prices under no plan's name", company.unnamed) +
    chips('Headlines', company.headlines, 8) +
    chips('Features', company.features, 24) +
    chips('Limits and overage', company.limits, 12) +
    chips('Buttons', company.ctas, 12) +
    chips('Trials', company.trials, 6) +
    chips('Contacts', company.contacts, 8) +
    priceList('Prices in sentences', company.mentions)
  );
}

/** What the pages say without their frame, closed until somebody opens it. */
function inTheirWords(company: CompanyView, contents: PageContents): string {
  const pages = company.pages.flatMap(page => {
    const words = pageWords(contents.get(page.url));
    return words
      ? [
          `<p>${link(page.url)}</p><blockquote>${said(
            words,
            2000,
          )}</blockquote>`,
        ]
      : [];
  });
  return pages.length > 0
    ? `<details class="words"><summary>Main content, in the pages’ own words</summary>${pages.join(
        '',
      )}</details>`
    : '';
}

/** What a report shows beside its facts, by page URL. */
export interface Extras {
  /** Small pictures as data URIs. */
  thumbnails: ReadonlyMap<string, string>;
  contents: PageContents;
}

/** Everything that is known of one company. */
export function companySection(
  company: CompanyView,
  { thumbnails, contents }: Extras,
): string {
  const pages = company.pages
    .map(page => link(page.url) + escapeHtml(howSeen(page)))
    .join(', ');
  return `<section id="${company.anchor}"><h2>${said(
    company.name,
    80,
  )}</h2><p class="pages">${pages}</p>${shots(company, thumbnails)}${body(
    company,
  )}${inTheirWords(company, contents)}</section>`;
}
