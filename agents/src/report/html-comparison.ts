import { amount, clean } from './display';
import { escapeHtml, priceTerms, proof, said, table } from './html-parts';
import { monthText, priceRows, type PriceRow } from './price-rows';
import type { CompanyView } from './views';

const NONE = '<span class="muted">—</span>';

/** More rows than a page of paper holds are left to the companies' own sections. */
const MAX_ROWS = 20;

function priceCell(row: PriceRow): string {
  if (row.price)
    return `<span class="price">${said(amount(row.price))}</span>${proof(
      row.price,
    )}<span class="terms">${escapeHtml(priceTerms(row.price))}</span>`;
  return row.onRequest
    ? `<span class="muted">On request</span>${proof(row.onRequest)}`
    : '<span class="muted">no price that could be read</span>';
}

function rowOf(row: PriceRow): string {
  const { price, monthly } = row;
  const name = row.plan
    ? `${said(row.plan, 120)}${proof(row.planFact)}`
    : '<span class="muted">no plan named</span>';
  const per = price?.unit?.per ? escapeHtml(clean(price.unit.per, 60)) : NONE;
  const month = monthText(monthly, price?.unit?.currency);
  return `<tr><th scope="row">${name}</th><td>${priceCell(row)}</td><td>${
    month ? escapeHtml(month) : NONE
  }</td><td>${per}</td></tr>`;
}

function notes(rows: readonly PriceRow[]): string {
  const currencies = new Set(
    rows.flatMap(row => row.price?.unit?.currency ?? []),
  );
  const sentences = [
    'Amounts a month marked ≈ are worked out: a year by twelve, a week by 52 / 12. A dash: the page names no period, or none that a month can be made of; no unit, or none that was found.',
  ];
  if (currencies.size > 1)
    sentences.push(
      `Amounts stand in the currency of their page (${[...currencies]
        .sort()
        .join(', ')}); none was converted.`,
    );
  return `<p class="muted">${escapeHtml(sentences.join(' '))}</p>`;
}

function groupOf(company: CompanyView, rows: readonly PriceRow[]): string {
  const shown = rows.slice(0, MAX_ROWS);
  const more = rows.length - shown.length;
  const tail =
    more > 0
      ? `<tr><td colspan="4"><a href="#${company.anchor}">and ${more} more</a></td></tr>`
      : '';
  return `<tbody><tr class="group"><th scope="rowgroup" colspan="4"><a href="#${
    company.anchor
  }">${said(company.name, 80)}</a></th></tr>${shown
    .map(rowOf)
    .join('')}${tail}</tbody>`;
}

/** The plans of all companies in one table: what a reader looks at first. Empty where nothing is priced. */
export function comparison(companies: readonly CompanyView[]): string {
  const groups = companies
    .map(company => ({ company, rows: priceRows(company) }))
    .filter(({ rows }) => rows.length > 0);
  if (groups.length === 0) return '';
  return `<section id="comparison"><h2>Plans and prices side by side</h2>${table(
    ['Plan', 'Price', 'A month', 'Charged per'],
    groups.map(({ company, rows }) => groupOf(company, rows)).join(''),
  )}${notes(groups.flatMap(({ rows }) => rows))}</section>`;
}
