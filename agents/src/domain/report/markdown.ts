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
import { changeSentence } from './sentences';
import { toCompanies, type CompanyView, type PlanView } from './views';

const SPECIAL = /[\\`*_{}[\]()|~$^&<>]/g;
const STARTS_BLOCK = /^(?:[-+#=:]|\d{1,9}[.)])/;
const AUTOLINK = /(?:https?|ftp|mailto|javascript|data):|www\.|@/gi;

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}

/** Page text as Markdown that shows it and does nothing else: no link, no image, no markup, no table cell. */
export function escapeMarkdown(text: string, max = 300): string {
  const inline = clean(text, max)
    .replace(SPECIAL, char => (/[<>&]/.test(char) ? entity(char) : `\\${char}`))
    .replace(AUTOLINK, mark => mark.slice(0, -1) + entity(mark.slice(-1)));
  return STARTS_BLOCK.test(inline)
    ? inline.replace(
        /^(\d*)(.)/,
        (_all, digits: string, char: string) => `${digits}\\${char}`,
      )
    : inline;
}

function cell(text: string, max?: number): string {
  return escapeMarkdown(inert(clean(text, max)), max);
}

function link(url: string): string {
  const href = safeHref(url);
  const label = escapeMarkdown(shortUrl(url));
  return href
    ? `[${label}](<${href.replace(/[<>\\\s]/g, encodeURIComponent)}>)`
    : label;
}

interface Proofs {
  mark(facts: readonly (Fact | undefined)[]): string;
  ordered: Fact[];
}

/** Numbers the facts in the order in which the report leans on them. */
function createProofs(): Proofs {
  const numbers = new Map<string, number>();
  const ordered: Fact[] = [];
  return {
    ordered,
    mark(facts) {
      const marks = facts.flatMap(fact => {
        if (!fact) return [];
        let number = numbers.get(fact.id);
        if (number === undefined) {
          ordered.push(fact);
          number = ordered.length;
          numbers.set(fact.id, number);
        }
        return [`E${number}`];
      });
      return marks.length > 0 ? ` \\[${marks.join(', ')}\\]` : '';
    },
  };
}

function priceCell(plan: PlanView, proofs: Proofs): string {
  if (plan.prices.length > 0)
    return plan.prices
      .map(price => {
        const said = price.value === 0 ? '' : terms(price.unit);
        return `${cell(amount(price))}${
          said ? ` ${cell(said)}` : ''
        }${proofs.mark([price])}`;
      })
      .join('; ');
  return plan.onRequest ? `On request${proofs.mark([plan.onRequest])}` : '—';
}

function listed(facts: readonly Fact[], proofs: Proofs, max: number): string {
  if (facts.length === 0) return '—';
  const shown = facts
    .slice(0, max)
    .map(fact => cell(String(fact.value), 120) + proofs.mark([fact]));
  const more = facts.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function planTable(company: CompanyView, proofs: Proofs): string[] {
  if (company.plans.length === 0)
    return ['No plan is priced on these pages.', ''];
  const rows = company.plans.map(
    plan =>
      `| ${cell(plan.name)}${proofs.mark([plan.plan])} | ${priceCell(
        plan,
        proofs,
      )} | ${listed(plan.limits, proofs, 6)} | ${listed(
        plan.features,
        proofs,
        8,
      )} |`,
  );
  return [
    '| Plan | Price | Limits | Features |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

function companyPart(company: CompanyView, proofs: Proofs): string[] {
  const lines = [`## ${escapeMarkdown(company.name)}`, ''];
  lines.push(
    `Pages: ${company.pages.map(page => link(page.url)).join(', ')}`,
    '',
  );
  if (company.pages.every(page => page.reason)) {
    lines.push('Nothing of this company could be observed.', '');
    return lines;
  }
  lines.push(...planTable(company, proofs));
  const rows: [string, readonly Fact[], number][] = [
    ['Headlines', company.headlines, 6],
    ['Features', company.features, 12],
    ['Limits and overage', company.limits, 8],
    ['Calls to action', company.ctas, 8],
    ['Trials', company.trials, 4],
    ['Contacts', company.contacts, 6],
  ];
  for (const [title, facts, max] of rows)
    if (facts.length > 0)
      lines.push(`- **${title}:** ${listed(facts, proofs, max)}`);
  for (const price of company.mentions)
    lines.push(
      `- **Price in a sentence:** ${cell(amount(price))} ${cell(
        terms(price.unit),
      )}${proofs.mark([price])}`,
    );
  lines.push('');
  return lines;
}

function evidencePart(facts: readonly Fact[]): string[] {
  if (facts.length === 0) return [];
  return [
    '## Evidence',
    '',
    'Each fact stands word for word in the saved page, at the place given.',
    '',
    '| No. | Fact | Quote | Page | Place |',
    '| --- | --- | --- | --- | --- |',
    ...facts.map(
      (fact, index) =>
        `| E${index + 1} | ${fact.kind}: ${cell(fact.subject, 80)} | ${cell(
          fact.quote,
          160,
        )} | ${link(fact.url)} | ${fact.source} ${fact.start}–${fact.end} |`,
    ),
    '',
  ];
}

/** report.md: plain Markdown with tables, no raw HTML, no images, links to the pages of the run only. */
export function renderMarkdown(report: Report): string {
  const proofs = createProofs();
  const companies = toCompanies(report);
  const prose =
    report.prose.source === 'llm'
      ? `Sentences by the model ${escapeMarkdown(
          report.prose.model ?? '',
        )}, checked against the facts; ${
          report.prose.removedSentences
        } removed.`
      : 'Made from facts alone, without a model.';
  const lines = [
    '# Competitor report',
    '',
    `**Objective:** ${escapeMarkdown(report.objective, 1000)}`,
    '',
    `Made ${report.generatedAt.slice(0, 16).replace('T', ' ')} UTC. ${prose}`,
    '',
    ...report.summary.map(sentence => `- ${escapeMarkdown(sentence, 2000)}`),
    '',
  ];
  if (report.degraded.length > 0)
    lines.push(
      '## Done without',
      '',
      ...report.degraded.map(sentence => `- ${escapeMarkdown(sentence)}`),
      '',
    );
  if (report.changes.length > 0)
    lines.push(
      '## Changes',
      '',
      ...report.changes.map(
        change =>
          `- ${escapeMarkdown(
            changeSentence(change, report.facts),
            600,
          )} (${link(change.url)})`,
      ),
      '',
    );
  for (const company of companies) lines.push(...companyPart(company, proofs));
  if (report.notObserved.length > 0)
    lines.push(
      '## Not observed',
      '',
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
      '',
    );
  lines.push(...evidencePart(proofs.ordered));
  return `${lines.join('\n').trimEnd()}\n`;
}
