import type { Fact, PageRecord } from '@agentworkloads/api';
import {
  amount,
  clean,
  conditions,
  inert,
  placeOf,
  safeHref,
  shortUrl,
} from './display';

/** The small pieces of report.md. What comes from a page goes through `escapeMarkdown` or `cell`. */

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

export function cell(text: string, max?: number): string {
  return escapeMarkdown(inert(clean(text, max)), max);
}

export function link(url: string): string {
  const href = safeHref(url);
  const label = escapeMarkdown(shortUrl(url));
  return href
    ? `[${label}](<${href.replace(/[<>\\\s]/g, encodeURIComponent)}>)`
    : label;
}

export interface Proofs {
  /** Marks that lead to the evidence of these facts. */
  mark(facts: readonly (Fact | undefined)[]): string;
  /** The facts that were marked, in the order of their numbers. */
  ordered: Fact[];
}

/** Numbers the facts in the order in which the report leans on them. */
export function createProofs(): Proofs {
  const numbers = new Map<string, number>();
  const ordered: Fact[] = [];
  return {
    ordered,
    mark(facts) {
      return facts
        .map(fact => {
          if (!fact) return '';
          let number = numbers.get(fact.id);
          if (number === undefined) {
            ordered.push(fact);
            number = ordered.length;
            numbers.set(fact.id, number);
          }
          return `[^E${number}]`;
        })
        .join('');
    },
  };
}

/** The notes that the marks lead to: GitHub, GitLab and Backstage show them at the end, with links both ways. */
export function evidencePart(
  facts: readonly Fact[],
  pages: readonly PageRecord[],
): string[] {
  if (facts.length === 0) return [];
  return [
    '## Evidence',
    '',
    'Each quote stands word for word in the saved copy of its page, at the place given.',
    '',
    ...facts.map(
      (fact, index) =>
        `[^E${index + 1}]: ${fact.kind}, ${
          fact.subject ? escapeMarkdown(fact.subject, 80) : 'no plan named'
        }: “${escapeMarkdown(fact.quote, 160)}” in ${link(
          fact.url,
        )}, ${escapeMarkdown(placeOf(fact, pages))}`,
    ),
    '',
  ];
}

export function price(fact: Fact): string {
  const said =
    fact.value === 0 && fact.unit?.upTo === undefined ? '' : conditions(fact);
  return `${cell(amount(fact))}${said ? ` ${cell(said)}` : ''}`;
}
