import {
  companiesOf,
  withoutUpperEnds,
  type Change,
  type CompanyOfRun,
  type Fact,
  type PageRecord,
  type Report,
} from '@agentworkloads/api';
import { clean } from './display';

/** One plan of one company, with everything that is known of it. */
export interface PlanView {
  name: string;
  plan?: Fact;
  prices: Fact[];
  onRequest?: Fact;
  features: Fact[];
  limits: Fact[];
}

/** What the report says of one company: the pages of one site. */
export interface CompanyView {
  host: string;
  name: string;
  anchor: string;
  pages: PageRecord[];
  plans: PlanView[];
  headlines: Fact[];
  features: Fact[];
  ctas: Fact[];
  trials: Fact[];
  contacts: Fact[];
  changes: Change[];
  /** Prices that stand under no plan's name: they take none from a neighbour. */
  unnamed: Fact[];
  /** Prices of little certainty: a promise in a sentence. */
  mentions: Fact[];
  limits: Fact[];
}

const PLAN_CONFIDENCE = 0.6;

function distinct(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>();
  return facts.filter(fact => {
    const key = `${fact.subject}|${String(
      fact.value,
    ).toLowerCase()}|${JSON.stringify(fact.unit ?? {})}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isSure(fact: Fact): boolean {
  return fact.kind === 'price' && fact.confidence >= PLAN_CONFIDENCE;
}

function planViews(facts: readonly Fact[]): PlanView[] {
  const plans = new Map<string, PlanView>();
  const viewOf = (name: string): PlanView => {
    const key = name.toLowerCase();
    let view = plans.get(key);
    if (!view) {
      view = { name, prices: [], features: [], limits: [] };
      plans.set(key, view);
    }
    return view;
  };
  for (const fact of facts) {
    if (fact.kind === 'plan') viewOf(fact.subject).plan ??= fact;
    else if (isSure(fact) && fact.subject.trim() !== '')
      viewOf(fact.subject).prices.push(fact);
  }
  for (const fact of facts) {
    const view = plans.get(fact.subject.toLowerCase());
    if (!view) continue;
    if (fact.kind === 'contact') view.onRequest ??= fact;
    else if (fact.kind === 'feature') view.features.push(fact);
    else if (fact.kind === 'limit') view.limits.push(fact);
  }
  return [...plans.values()].map(view => ({
    ...view,
    prices: distinct(withoutUpperEnds(view.prices)),
    features: distinct(view.features),
    limits: distinct(view.limits),
  }));
}

type Seen = Pick<Report, 'pages' | 'facts' | 'changes'>;

function toCompany(
  { host, name }: CompanyOfRun,
  pages: PageRecord[],
  index: number,
  report: Seen,
): CompanyView {
  const urls = new Set(pages.map(page => page.url));
  const facts = report.facts.filter(fact => urls.has(fact.url));
  const plans = planViews(facts);
  const planNames = new Set(plans.map(plan => plan.name.toLowerCase()));
  const ofSite = (kind: Fact['kind']) =>
    distinct(
      facts.filter(
        fact =>
          fact.kind === kind && !planNames.has(fact.subject.toLowerCase()),
      ),
    );
  return {
    host,
    name: clean(name, 120),
    anchor: `company-${index + 1}`,
    pages,
    plans,
    headlines: ofSite('headline'),
    features: ofSite('feature'),
    ctas: distinct(facts.filter(fact => fact.kind === 'cta')),
    trials: distinct(facts.filter(fact => fact.kind === 'trial')),
    contacts: ofSite('contact'),
    changes: report.changes.filter(change => urls.has(change.url)),
    unnamed: distinct(
      withoutUpperEnds(
        facts.filter(fact => isSure(fact) && fact.subject.trim() === ''),
      ),
    ),
    mentions: distinct(
      withoutUpperEnds(
        facts.filter(
          fact => fact.kind === 'price' && fact.confidence < PLAN_CONFIDENCE,
        ),
      ),
    ),
    limits: ofSite('limit'),
  };
}

/** The companies in the order of the run's targets. */
export function toCompanies(report: Seen): CompanyView[] {
  const companyOf = companiesOf(
    report.pages.map(({ url }) => url),
    report.facts,
  );
  const found = new Map<
    string,
    { company: CompanyOfRun; pages: PageRecord[] }
  >();
  for (const page of report.pages) {
    const company = companyOf(page.url);
    const known = found.get(company.host);
    if (known) known.pages.push(page);
    else found.set(company.host, { company, pages: [page] });
  }
  return [...found.values()].map(({ company, pages }, index) =>
    toCompany(company, pages, index, report),
  );
}
