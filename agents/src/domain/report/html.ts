import type { Fact, Report } from '@agentic/api';
import {
  amount,
  clean,
  inert,
  reasonSentence,
  safeHref,
  shortUrl,
  terms,
} from './display';
import { REPORT_CSS } from './html-style';
import { changeSentence } from './sentences';
import { toCompanies, type CompanyView, type PlanView } from './views';

/** Nothing runs and nothing is fetched, whatever a page tried to bring in. */
const CSP =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => ENTITIES[char]);
}

/** Text of a page: cleaned, escaped, and kept from turning the direction of what is around it. */
function said(text: string | number, max = 300): string {
  return `<bdi>${escapeHtml(inert(clean(String(text), max)))}</bdi>`;
}

function priceTerms(price: Fact): string {
  return price.value === 0 ? '' : terms(price.unit);
}

function link(url: string): string {
  const href = safeHref(url);
  const label = escapeHtml(shortUrl(url));
  return href
    ? `<a href="${escapeHtml(
        href,
      )}" rel="noopener noreferrer nofollow">${label}</a>`
    : label;
}

function proof(fact: Fact | undefined): string {
  if (!fact) return '';
  return `<sup><a href="#fact-${escapeHtml(
    fact.id,
  )}" title="Evidence" aria-label="Evidence">¶</a></sup>`;
}

function figures(report: Report, companies: readonly CompanyView[]): string {
  const seen = report.pages.filter(page => !page.reason).length;
  const plans = companies.reduce((sum, each) => sum + each.plans.length, 0);
  const items: [string, string][] = [
    [`${seen} / ${report.pages.length}`, 'pages observed'],
    [
      String(companies.length),
      companies.length === 1 ? 'company' : 'companies',
    ],
    [String(plans), 'plans'],
    [String(report.facts.length), 'facts with evidence'],
    [
      String(report.changes.length),
      report.changes.length === 1 ? 'change' : 'changes',
    ],
  ];
  return `<ul class="figures">${items
    .map(([value, label]) => `<li><b>${value}</b><span>${label}</span></li>`)
    .join('')}</ul>`;
}

function priceCell(plan: PlanView): string {
  if (plan.prices.length > 0)
    return plan.prices
      .map(
        price =>
          `<div><span class="price">${said(amount(price))}</span>${proof(
            price,
          )}<span class="terms">${escapeHtml(priceTerms(price))}</span></div>`,
      )
      .join('');
  return plan.onRequest
    ? `<span class="muted">On request</span>${proof(plan.onRequest)}`
    : '<span class="muted">—</span>';
}

function factList(facts: readonly Fact[], max: number): string {
  if (facts.length === 0) return '<span class="muted">—</span>';
  const more = facts.length - max;
  return `<ul class="plain">${facts
    .slice(0, max)
    .map(fact => `<li>${said(fact.value, 160)}${proof(fact)}</li>`)
    .join('')}${
    more > 0 ? `<li class="muted">and ${more} more</li>` : ''
  }</ul>`;
}

function planTable(plans: readonly PlanView[]): string {
  if (plans.length === 0)
    return '<p class="muted">No plan is priced on these pages.</p>';
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
  return `<div class="scroll"><table><thead><tr><th scope="col">Plan</th><th scope="col">Price</th><th scope="col">Limits</th><th scope="col">Features</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function chips(title: string, facts: readonly Fact[], max: number): string {
  if (facts.length === 0) return '';
  return `<h3>${title}</h3><ul class="chips">${facts
    .slice(0, max)
    .map(fact => `<li>${said(fact.value, 160)}${proof(fact)}</li>`)
    .join('')}</ul>`;
}

function mentions(company: CompanyView): string {
  if (company.mentions.length === 0) return '';
  return `<h3>Prices in sentences</h3><ul class="plain">${company.mentions
    .map(
      price =>
        `<li>${said(amount(price))} ${escapeHtml(priceTerms(price))}${proof(
          price,
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

function companySection(
  company: CompanyView,
  thumbnails: ReadonlyMap<string, string>,
): string {
  const pages = company.pages.map(page => link(page.url)).join(', ');
  const seen = company.pages.some(page => !page.reason);
  const body = seen
    ? planTable(company.plans) +
      chips('Headlines', company.headlines, 8) +
      chips('Features', company.features, 24) +
      chips('Limits and overage', company.limits, 12) +
      chips('Calls to action', company.ctas, 12) +
      chips('Trials', company.trials, 6) +
      chips('Contacts', company.contacts, 8) +
      mentions(company)
    : '<p class="muted">Nothing of this company could be observed.</p>';
  return `<section id="${company.anchor}"><h2>${said(
    company.name,
    80,
  )}</h2><p class="pages">${pages}</p>${shots(
    company,
    thumbnails,
  )}${body}</section>`;
}

function priceOverview(companies: readonly CompanyView[]): string {
  const rows = companies
    .filter(company => company.plans.length > 0)
    .map(
      company =>
        `<tr><th scope="row"><a href="#${company.anchor}">${said(
          company.name,
          80,
        )}</a></th><td>${company.plans
          .map(
            plan =>
              `<div>${said(plan.name, 80)}: ${
                plan.prices.length > 0
                  ? plan.prices
                      .map(
                        price =>
                          `<b>${said(
                            amount(price),
                          )}</b> <span class="muted">${escapeHtml(
                            terms(price.unit),
                          )}</span>${proof(price)}`,
                      )
                      .join('; ')
                  : plan.onRequest
                  ? `on request${proof(plan.onRequest)}`
                  : '—'
              }</div>`,
          )
          .join('')}</td><td>${factList(company.trials, 2)}</td></tr>`,
    )
    .join('');
  if (rows === '') return '';
  return `<section id="comparison"><h2>Plans and prices side by side</h2><div class="scroll"><table><thead><tr><th scope="col">Company</th><th scope="col">Plans and prices</th><th scope="col">Trial</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function changesSection(report: Report): string {
  if (report.changes.length === 0) return '';
  return `<section id="changes"><h2>Changes</h2><ul>${report.changes
    .map(
      change =>
        `<li class="${change.kind}">${said(
          changeSentence(change, report.facts),
          600,
        )} <span class="muted">${link(change.url)}</span>${
          change.factId
            ? `<sup><a href="#fact-${escapeHtml(
                change.factId,
              )}" aria-label="Evidence">¶</a></sup>`
            : ''
        }</li>`,
    )
    .join('')}</ul></section>`;
}

function notObservedSection(report: Report): string {
  if (report.notObserved.length === 0) return '';
  return `<section id="not-observed"><h2>Not observed</h2><div class="scroll"><table><thead><tr><th scope="col">Page</th><th scope="col">Why</th></tr></thead><tbody>${report.notObserved
    .map(
      page =>
        `<tr><td>${link(page.url)}</td><td>${escapeHtml(
          reasonSentence(page.reason),
        )} <span class="muted">${page.reason}</span>${
          page.detail ? `<br>${said(page.detail)}` : ''
        }</td></tr>`,
    )
    .join('')}</tbody></table></div></section>`;
}

function evidenceSection(report: Report): string {
  if (report.facts.length === 0) return '';
  const rows = report.facts
    .map(
      fact =>
        `<tr id="fact-${escapeHtml(fact.id)}"><td>${fact.kind}</td><td>${said(
          fact.subject,
          120,
        )}</td><td><q>${said(fact.quote, 400)}</q></td><td>${link(
          fact.url,
        )}<br><span class="muted">${fact.source} ${fact.start}–${
          fact.end
        }</span></td></tr>`,
    )
    .join('');
  return `<section id="evidence"><h2>Evidence</h2><p class="muted">Each quote stands word for word in the saved copy of its page, at the place given.</p><div class="scroll"><table class="facts"><thead><tr><th scope="col">Kind</th><th scope="col">Of</th><th scope="col">Quote</th><th scope="col">Page and place</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function proseNote(report: Report): string {
  if (report.prose.source === 'facts')
    return 'Made from facts alone, without a model.';
  return `Sentences by ${said(
    report.prose.model ?? 'a model',
    80,
  )}, checked against the facts; ${
    report.prose.removedSentences
  } removed for want of evidence.`;
}

/**
 * report.html: one file, no scripts, nothing remote.
 * @param thumbnails small pictures as data URIs by page URL; left out where there are none.
 */
export function renderHtml(
  report: Report,
  thumbnails: ReadonlyMap<string, string> = new Map(),
): string {
  const companies = toCompanies(report);
  const degraded =
    report.degraded.length > 0
      ? `<div class="note" role="note"><b>Done without</b><ul>${report.degraded
          .map(sentence => `<li>${said(sentence)}</li>`)
          .join('')}</ul></div>`
      : '';
  const toc = companies
    .map(
      company => `<a href="#${company.anchor}">${said(company.name, 80)}</a>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Competitor report</title>
<style>${REPORT_CSS}</style>
</head>
<body>
<main>
<header><h1>Competitor report</h1>
<p class="objective">${said(report.objective, 1000)}</p>
<p class="made">Made ${report.generatedAt
    .slice(0, 16)
    .replace('T', ' ')} UTC. ${proseNote(report)}</p></header>
${figures(report, companies)}
<nav class="toc" aria-label="Companies">${toc}</nav>
<ul class="summary">${report.summary
    .map(sentence => `<li>${said(sentence, 2000)}</li>`)
    .join('')}</ul>
${degraded}
${changesSection(report)}
${priceOverview(companies)}
${companies.map(company => companySection(company, thumbnails)).join('\n')}
${notObservedSection(report)}
${evidenceSection(report)}
</main>
</body>
</html>
`;
}
