import type { Fact, Report, SummarySentence } from '@agentworkloads/api';
import { priced } from './change-words';
import { quoted } from './display';
import type { CompanyView, PlanView } from './views';

/** Sentences made from facts alone. Each names the facts that it is made of, so that its proof can stand beside it. */

const MAX_PLANS = 12;
const MAX_PRICES = 3;

function said(text: string, facts: readonly Fact[] = []): SummarySentence {
  return {
    text,
    factIds: [...new Set(facts.map(fact => fact.id))],
    chosenBy: 'facts',
  };
}

export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join('; ')}; and ${items[items.length - 1]}`;
}

function planPart(
  plan: PlanView,
  { mentions }: Pick<CompanyView, 'mentions'>,
): { text: string; facts: Fact[] } {
  const name = quoted(plan.name, 80);
  const prices = plan.prices.slice(0, MAX_PRICES);
  if (prices.length > 0) {
    const more = plan.prices.length - prices.length;
    const tail = more > 0 ? ` and ${more} more` : '';
    return {
      text: `${name}, ${prices.map(priced).join(' or ')}${tail}`,
      facts: prices,
    };
  }
  const unsure = mentions.filter(
    ({ subject }) =>
      subject.trim().toLowerCase() === plan.name.trim().toLowerCase(),
  );
  if (unsure.length > 0)
    return { text: `${name}, with a price that is not sure`, facts: unsure };
  if (plan.onRequest)
    return { text: `${name}, on request`, facts: [plan.onRequest] };
  return { text: name, facts: plan.plan ? [plan.plan] : [] };
}

function unpriced(company: CompanyView): SummarySentence {
  const lead = company.headlines[0];
  if (company.unnamed.length > 0) {
    const shown = company.unnamed.slice(0, MAX_PLANS);
    return said(
      `${company.name} shows prices that stand under no plan's name: ${list(
        shown.map(priced),
      )}.`,
      shown,
    );
  }
  const headline = lead ? ` It leads with ${quoted(lead.value)}.` : '';
  return said(
    `No priced plan could be read on the pages of ${company.name} that were observed.${headline}`,
    lead ? [lead] : [],
  );
}

export function companySentence(company: CompanyView): SummarySentence {
  const observed = company.pages.filter(page => !page.reason).length;
  if (observed === 0) return said(`${company.name} could not be observed.`);
  if (company.plans.length === 0) return unpriced(company);
  const parts = company.plans
    .slice(0, MAX_PLANS)
    .map(plan => planPart(plan, company));
  const count = company.plans.length;
  const more = count - parts.length;
  const texts = parts.map(part => part.text);
  return said(
    `${company.name} shows ${count} ${count === 1 ? 'offer' : 'offers'}: ${list(
      more > 0 ? [...texts, `${more} more`] : texts,
    )}.`,
    parts.flatMap(part => part.facts),
  );
}

function opening(report: Pick<Report, 'pages' | 'facts'>): string {
  const seen = report.pages.filter(page => !page.reason).length;
  const total = report.pages.length;
  if (seen === 0)
    return total === 1
      ? 'The page could not be observed; why stands under “Not observed”.'
      : `None of the ${total} pages could be observed; why stands under “Not observed”.`;
  const facts = report.facts.length;
  const pages = total === 1 ? 'page was' : 'pages were';
  const stand = facts === 1 ? 'fact stands' : 'facts stand';
  return `${seen} of ${total} ${pages} observed; ${facts} ${stand} on them.`;
}

/** The first lines of the report, always there. */
export function summarySentences(
  report: Pick<Report, 'pages' | 'facts' | 'changes'>,
  companies: readonly CompanyView[],
): SummarySentence[] {
  const count = report.changes.length;
  const changes =
    count > 0
      ? [
          said(
            `${count} ${
              count === 1 ? 'thing' : 'things'
            } changed since the run before.`,
          ),
        ]
      : [];
  return [said(opening(report)), ...companies.map(companySentence), ...changes];
}
