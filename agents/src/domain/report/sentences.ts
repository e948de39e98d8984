import type { Change, Fact, Report } from '@agentic/api';
import { amount, clean, money, terms } from './display';
import type { CompanyView } from './views';

/** Sentences made from facts alone: what the report says where no model writes. */

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join('; ')}; and ${items[items.length - 1]}`;
}

function priced(price: Fact): string {
  if (price.value === 0) return 'no charge';
  const said = terms(price.unit);
  return said ? `${amount(price)} ${said}` : amount(price);
}

export function companySentence(company: CompanyView): string {
  const observed = company.pages.filter(page => !page.reason).length;
  if (observed === 0) return `${company.name} could not be observed.`;
  if (company.plans.length === 0) {
    const lead = company.headlines[0];
    const headline = lead
      ? ` It leads with “${clean(String(lead.value), 160)}”.`
      : '';
    return `No plan is priced on the pages of ${company.name} that were observed.${headline}`;
  }
  const parts = company.plans.slice(0, 12).map(plan => {
    const name = clean(plan.name, 80);
    if (plan.prices.length > 0)
      return `${name}, ${plan.prices.slice(0, 3).map(priced).join(' or ')}`;
    return plan.onRequest ? `${name}, on request` : name;
  });
  const count = company.plans.length;
  const noun = count === 1 ? 'offer' : 'offers';
  const more = count - parts.length;
  const tail = more > 0 ? [`${more} more`] : [];
  return `${company.name} shows ${count} ${noun}: ${list([
    ...parts,
    ...tail,
  ])}.`;
}

/** @param facts of the later run: a changed price takes its currency from there. */
export function changeSentence(
  change: Change,
  facts: readonly Fact[] = [],
): string {
  const currency = facts.find(fact => fact.id === change.factId)?.unit
    ?.currency;
  const value = (it: Change['before']) =>
    typeof it === 'number'
      ? money(it, currency)
      : `“${clean(String(it), 160)}”`;
  const what = `${change.factKind} of ${clean(change.subject, 80)}`;
  if (change.factKind === 'plan') {
    if (change.kind === 'changed')
      return `Plan ${value(change.before)} is now called ${value(
        change.after,
      )}.`;
    return `Plan “${clean(change.subject, 80)}” was ${change.kind}.`;
  }
  if (change.kind === 'changed')
    return `The ${what} changed from ${value(change.before)} to ${value(
      change.after,
    )}.`;
  return change.kind === 'added'
    ? `New ${what}: ${value(change.after)}.`
    : `Gone, ${what}: ${value(change.before)}.`;
}

/** The first lines of the report. */
export function summarySentences(
  report: Pick<Report, 'pages' | 'facts' | 'changes'>,
  companies: readonly CompanyView[],
): string[] {
  const seen = report.pages.filter(page => !page.reason).length;
  const total = report.pages.length;
  const facts = report.facts.length;
  const opening = `${seen} of ${total} ${
    total === 1 ? 'page was' : 'pages were'
  } observed; ${facts} ${facts === 1 ? 'fact stands' : 'facts stand'} on them.`;
  const changes =
    report.changes.length > 0
      ? [
          `${report.changes.length} ${
            report.changes.length === 1 ? 'thing' : 'things'
          } changed since the run before.`,
        ]
      : [];
  return [opening, ...companies.map(companySentence), ...changes];
}
