import type { Fact } from '@agentworkloads/api';
import { clean, conditions, inert, safeHref, shortUrl } from './display';

/** The small pieces of report.html. What comes from a page goes through `said` or `escapeHtml`. */

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
export function said(text: string | number, max = 300): string {
  return `<bdi>${escapeHtml(inert(clean(String(text), max)))}</bdi>`;
}

export function priceTerms(price: Fact): string {
  return price.value === 0 && price.unit?.upTo === undefined
    ? ''
    : conditions(price);
}

export function link(url: string): string {
  const href = safeHref(url);
  const label = escapeHtml(shortUrl(url));
  return href
    ? `<a href="${escapeHtml(
        href,
      )}" rel="noopener noreferrer nofollow">${label}</a>`
    : label;
}

/** The mark that leads to a fact's evidence. */
export function proofById(id: string): string {
  return `<sup><a href="#fact-${escapeHtml(
    id,
  )}" title="Evidence" aria-label="Evidence">¶</a></sup>`;
}

export function proof(fact: Fact | undefined): string {
  return fact ? proofById(fact.id) : '';
}

export function factList(facts: readonly Fact[], max: number): string {
  if (facts.length === 0) return '<span class="muted">—</span>';
  const more = facts.length - max;
  return `<ul class="plain">${facts
    .slice(0, max)
    .map(fact => `<li>${said(fact.value, 160)}${proof(fact)}</li>`)
    .join('')}${
    more > 0 ? `<li class="muted">and ${more} more</li>` : ''
  }</ul>`;
}

export function table(heads: readonly string[], rows: string): string {
  const cells = heads.map(head => `<th scope="col">${head}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${cells}</tr></thead>${rows}</table></div>`;
}
