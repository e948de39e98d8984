import {
  proseNote,
  reusedNote,
  type Fact,
  type Report,
} from '@agentworkloads/api';
import { howSeen, reasonSentence } from './display';
import {
  cell,
  createProofs,
  escapeMarkdown,
  evidencePart,
  link,
  price,
  type Proofs,
} from './markdown-parts';
import { pageWords, type PageContents } from './page-words';
import { monthText, priceRows } from './price-rows';
import { changeSentence } from './change-words';
import { comparedSentence } from './compared-words';
import { toCompanies, type CompanyView } from './views';

function listed(facts: readonly Fact[], proofs: Proofs, max: number): string {
  if (facts.length === 0) return '—';
  const shown = facts
    .slice(0, max)
    .map(fact => cell(String(fact.value), 120) + proofs.mark([fact]));
  const more = facts.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function comparison(
  companies: readonly CompanyView[],
  proofs: Proofs,
): string[] {
  const rows = companies.flatMap(priceRows);
  if (rows.length === 0) return [];
  const lines = rows.map(row => {
    const name = row.plan
      ? cell(row.plan) + proofs.mark([row.planFact])
      : 'no plan named';
    const onRequest = row.onRequest
      ? `On request${proofs.mark([row.onRequest])}`
      : 'no price that could be read';
    const shown = row.price
      ? price(row.price) + proofs.mark([row.price])
      : onRequest;
    const month = monthText(row.monthly, row.price?.unit?.currency);
    const per = row.price?.unit?.per;
    return `| ${cell(row.company.name)} | ${name} | ${shown} | ${
      month ? cell(month) : '—'
    } | ${per ? cell(per, 60) : '—'} |`;
  });
  return [
    '## Plans and prices side by side',
    '',
    '| Company | Plan | Price | A month | Charged per |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    'Amounts a month marked ≈ are worked out: a year by twelve, a week by 52 / 12. No currency was converted.',
    '',
  ];
}

function planTable(company: CompanyView, proofs: Proofs): string[] {
  if (company.plans.length === 0)
    return ['No priced plan could be read on these pages.', ''];
  const rows = company.plans.map(
    plan =>
      `| ${cell(plan.name)}${proofs.mark([plan.plan])} | ${listed(
        plan.limits,
        proofs,
        6,
      )} | ${listed(plan.features, proofs, 8)} |`,
  );
  return ['| Plan | Limits | Features |', '| --- | --- | --- |', ...rows, ''];
}

function companyPart(
  company: CompanyView,
  proofs: Proofs,
  contents: PageContents,
): string[] {
  const lines = [
    `## ${escapeMarkdown(company.name)}`,
    '',
    `Pages: ${company.pages
      .map(page => link(page.url) + escapeMarkdown(howSeen(page)))
      .join(', ')}`,
    '',
  ];
  if (company.pages.every(page => page.reason)) {
    lines.push('Nothing of this company could be observed.', '');
    return lines;
  }
  lines.push(...planTable(company, proofs));
  const rows: [string, readonly Fact[], number][] = [
    ['Headlines', company.headlines, 6],
    ['Features', company.features, 12],
    ['Limits and overage', company.limits, 8],
    ['Buttons', company.ctas, 8],
    ['Trials', company.trials, 4],
    ['Contacts', company.contacts, 6],
  ];
  for (const [title, facts, max] of rows)
    if (facts.length > 0)
      lines.push(`- **${title}:** ${listed(facts, proofs, max)}`);
  for (const fact of company.mentions)
    lines.push(
      `- **Price in a sentence:** ${price(fact)}${proofs.mark([fact])}`,
    );
  for (const page of company.pages) {
    const words = pageWords(contents.get(page.url));
    if (words)
      lines.push(
        `- **Main content of ${link(page.url)}:** ${escapeMarkdown(
          words,
          2000,
        )}`,
      );
  }
  lines.push('');
  return lines;
}

function summaryPart(report: Report, proofs: Proofs): string[] {
  const byId = new Map(report.facts.map(fact => [fact.id, fact]));
  return [
    ...report.summary.map(({ text, factIds, chosenBy }) => {
      const marks = proofs.mark(factIds.map(id => byId.get(id)));
      const chosen = chosenBy === 'model' ? ' (chosen)' : '';
      return `- ${escapeMarkdown(text, 2000)}${marks}${chosen}`;
    }),
    '',
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, '', ...lines, ''] : [];
}

function changesPart(report: Report): string[] {
  const compared = comparedSentence(report);
  const lines = report.changes.map(
    change =>
      `- ${escapeMarkdown(changeSentence(change, report.facts), 600)} (${link(
        change.url,
      )})`,
  );
  const lead = compared ? [escapeMarkdown(compared, 1000)] : [];
  return lead.length > 0 && lines.length > 0
    ? [...lead, '', ...lines]
    : [...lead, ...lines];
}

function notObservedPart(report: Report): string[] {
  if (report.notObserved.length === 0) return [];
  return section('Not observed', [
    '| Page | Why |',
    '| --- | --- |',
    ...report.notObserved.map(
      page =>
        `| ${link(page.url)} | ${escapeMarkdown(
          reasonSentence(page.reason),
        )} (${escapeMarkdown(page.reason)})${
          page.detail ? ` ${cell(page.detail)}` : ''
        } |`,
    ),
  ]);
}

/** report.md: plain Markdown with tables and footnotes, no raw HTML, no images, links to the pages of the run only. */
export function renderMarkdown(
  report: Report,
  { contents = new Map() }: { contents?: PageContents } = {},
): string {
  const proofs = createProofs();
  const companies = toCompanies(report);
  const lines = [
    '# Competitor report',
    '',
    `**Objective:** ${escapeMarkdown(report.objective, 1000)}`,
    '',
    `Made ${report.generatedAt
      .slice(0, 16)
      .replace('T', ' ')} UTC. ${escapeMarkdown(proseNote(report), 600)}`,
    '',
    ...(report.reused ? [escapeMarkdown(reusedNote(report), 600), ''] : []),
    ...section('Changes', changesPart(report)),
    '## In short',
    '',
    ...summaryPart(report, proofs),
    ...section(
      'Done without',
      report.degraded.map(sentence => `- ${escapeMarkdown(sentence)}`),
    ),
    ...section(
      'Not compared',
      (report.notCompared ?? []).map(
        ({ url, detail }) => `- ${escapeMarkdown(detail, 500)} (${link(url)})`,
      ),
    ),
    ...comparison(companies, proofs),
    ...notObservedPart(report),
    ...companies.flatMap(company => companyPart(company, proofs, contents)),
    ...evidencePart(proofs.ordered, report.pages),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
