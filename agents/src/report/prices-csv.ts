import { stringify } from 'csv-stringify/sync';
import type { Fact, PageRecord, Report } from '@agentworkloads/api';
import { clean, inert } from './display';
import { priceRows, type PriceRow } from './price-rows';
import { toCompanies } from './views';

/** One line a price. Numbers are plain (no thousands, a dot), so that a spreadsheet of any language can be told how to read them. */
const COLUMNS = [
  'company',
  'plan',
  'amount',
  'amount_up_to',
  'from',
  'currency',
  'period',
  'charged_per',
  'billed',
  'amount_a_month',
  'a_month_is_worked_out',
  'quote',
  'url',
  'observed_at',
  'fact_id',
  'source',
  'source_sha256',
  'start',
  'end',
  'chosen',
] as const;

type Line = Record<(typeof COLUMNS)[number], string>;

const text = (value: string | undefined, max = 300) =>
  inert(clean(value ?? '', max));
const number = (value: number | undefined) =>
  value === undefined ? '' : String(value);

function lineOf(row: PriceRow, fact: Fact, page: PageRecord | undefined): Line {
  const { unit } = fact;
  return {
    company: text(row.company.name, 80),
    plan: text(row.plan),
    amount: text(String(fact.value)),
    amount_up_to: number(unit?.upTo),
    from: unit?.from ? 'yes' : '',
    currency: unit?.currency ?? '',
    period: unit?.period ?? '',
    charged_per: text(unit?.per),
    billed: text(unit?.billed),
    amount_a_month: number(row.monthly?.value),
    a_month_is_worked_out: row.monthly?.converted ? 'yes' : '',
    quote: text(fact.quote, 400),
    url: text(fact.url, 2000),
    observed_at: page?.fetchedAt ?? '',
    fact_id: fact.id,
    source: fact.source,
    source_sha256: fact.sourceSha256,
    start: String(fact.start),
    end: String(fact.end),
    chosen: text(fact.state, 120),
  };
}

/** prices.csv: RFC 4180, UTF-8 with a byte order mark (without it Excel reads € as â‚¬); prices in sentences are left out. */
export function renderPricesCsv(report: Report): string {
  const pages = new Map(report.pages.map(page => [page.url, page]));
  const lines = toCompanies(report)
    .flatMap(priceRows)
    .flatMap(row =>
      row.price ? [lineOf(row, row.price, pages.get(row.price.url))] : [],
    );
  return stringify(lines, {
    header: true,
    columns: [...COLUMNS],
    bom: true,
    record_delimiter: 'windows',
  });
}
