import { proseNote, reusedNote, type Report } from '@agentworkloads/api';
import { placeOf, reasonSentence } from './display';
import { changesSection, type ChangePictures } from './html-changes';
import { companySection, type Extras } from './html-company';
import { comparison } from './html-comparison';
import { escapeHtml, link, proofById, said, table } from './html-parts';
import { REPORT_CSS } from './html-style';
import { toCompanies, type CompanyView } from './views';

/** Nothing runs and nothing is fetched, whatever a page tried to bring in. */
const CSP =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** What is counted stands here; what was not compared has no count, which would read as "nothing changed". */
function figures(report: Report, companies: readonly CompanyView[]): string {
  const seen = report.pages.filter(page => !page.reason).length;
  const plans = companies.reduce((sum, each) => sum + each.plans.length, 0);
  const count = (n: number, one: string, many: string): [string, string] => [
    String(n),
    n === 1 ? one : many,
  ];
  const items: [string, string][] = [
    [`${seen} / ${report.pages.length}`, 'pages observed'],
    count(companies.length, 'company', 'companies'),
    count(plans, 'plan', 'plans'),
    count(report.facts.length, 'fact with evidence', 'facts with evidence'),
  ];
  if (report.changes.length > 0)
    items.push(count(report.changes.length, 'change', 'changes'));
  return `<ul class="figures">${items
    .map(([value, label]) => `<li><b>${value}</b><span>${label}</span></li>`)
    .join('')}</ul>`;
}

function summary(report: Report): string {
  const known = new Set(report.facts.map(fact => fact.id));
  const items = report.summary.map(({ text, factIds, chosenBy }) => {
    const marks = factIds.filter(id => known.has(id)).map(proofById);
    const chosen =
      chosenBy === 'model' ? ' <span class="chosen">chosen</span>' : '';
    return `<li>${said(text, 2000)}${marks.join('')}${chosen}</li>`;
  });
  return `<section id="summary"><h2>In short</h2><ul class="summary">${items.join(
    '',
  )}</ul></section>`;
}

function notComparedSection({ notCompared = [] }: Report): string {
  if (notCompared.length === 0) return '';
  const items = notCompared.map(
    ({ url, detail }) =>
      `<li>${said(detail, 500)} <span class="muted">${link(url)}</span></li>`,
  );
  return `<section id="not-compared"><h2>Not compared</h2><ul>${items.join(
    '',
  )}</ul></section>`;
}

function notObservedSection(report: Report): string {
  if (report.notObserved.length === 0) return '';
  const rows = report.notObserved.map(
    page =>
      `<tr><td>${link(page.url)}</td><td>${escapeHtml(
        reasonSentence(page.reason),
      )} <span class="muted">${page.reason}</span>${
        page.detail ? `<br>${said(page.detail)}` : ''
      }</td></tr>`,
  );
  return `<section id="not-observed"><h2>Not observed</h2>${table(
    ['Page', 'Why'],
    `<tbody>${rows.join('')}</tbody>`,
  )}</section>`;
}

function degradedNote(report: Report): string {
  if (report.degraded.length === 0) return '';
  return `<div class="note" role="note"><b>Done without</b><ul>${report.degraded
    .map(sentence => `<li>${said(sentence)}</li>`)
    .join('')}</ul></div>`;
}

function evidenceSection(report: Report): string {
  if (report.facts.length === 0) return '';
  const rows = report.facts.map(
    fact =>
      `<tr id="fact-${escapeHtml(fact.id)}"><td>${fact.kind}</td><td>${said(
        fact.subject,
        120,
      )}</td><td><q>${said(fact.quote, 400)}</q></td><td>${link(
        fact.url,
      )}<br><span class="muted">${said(
        placeOf(fact, report.pages),
      )}</span></td></tr>`,
  );
  return `<section id="evidence"><h2>Evidence</h2><p class="muted">Each quote stands word for word in the saved copy of its page, at the place given.</p><div class="facts">${table(
    ['Kind', 'Of', 'Quote', 'Page and place'],
    `<tbody>${rows.join('')}</tbody>`,
  )}</div></section>`;
}

/**
 * report.html: one file, no scripts, nothing remote. What was asked, what changed, what could not be seen, the summary and the
 * comparison come first; each company and the evidence follow.
 * @param extras small pictures and main contents by page URL, pictures of changes; left out where there are none.
 */
export function renderHtml(
  report: Report,
  extras: Partial<Extras & { changePictures: ChangePictures }> = {},
): string {
  const {
    thumbnails = new Map(),
    contents = new Map(),
    changePictures = new Map(),
  } = extras;
  const companies = toCompanies(report);
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
    .replace('T', ' ')} UTC. ${said(proseNote(report), 600)}</p>${
    report.reused ? `<p class="seen">${said(reusedNote(report), 600)}</p>` : ''
  }</header>
${figures(report, companies)}
${changesSection(report, changePictures)}
${degradedNote(report)}
${summary(report)}
${notComparedSection(report)}
${comparison(companies)}
${notObservedSection(report)}
<nav class="toc" aria-label="Companies">${toc}</nav>
${companies
  .map(company => companySection(company, { thumbnails, contents }))
  .join('\n')}
${evidenceSection(report)}
</main>
</body>
</html>
`;
}
