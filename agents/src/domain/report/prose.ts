import type { Fact } from '@agentic/api';
import { clean } from './display';

/**
 * Sentences of a model, held against the facts. A sentence stays only when every number and every proper name in it stands in a fact
 * that it cites; it can bring in nothing, whatever a scraped page told the model to write.
 */

export interface DraftSentence {
  text: string;
  factIds: readonly string[];
}

export interface CheckResult {
  kept: string[];
  removed: number;
}

const NUMBER = /\d(?:[\d.,'’]*\d)?/g;
const NAME = /\p{Lu}[\p{L}\p{N}&'’.-]*/gu;
const MARKUP = /[<>[\]`|{}\\]|https?:|www\.|!\[|data:|javascript:/i;
/** Words that start sentences or are no names. */
const ORDINARY = new Set(
  'A An And At All Also As Both But By Each Every For From Free However I If In It Its Instead Its No None Not Of On One Only Or Other Per Plan Plans Price Prices Pricing So Some That The Their There These They This Those To Two Three Four Five While With Without USD EUR GBP'.split(
    ' ',
  ),
);

function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map(normalNumber);
}

/** 1,290.00 and 1290 are one number; so are 4.90 and 4,9. */
function normalNumber(text: string): string {
  const plain = text.replace(/['’]/g, '');
  const decimal = /[.,](\d{1,2})$/.exec(plain);
  const whole = decimal ? plain.slice(0, decimal.index) : plain;
  const value = Number(`${whole.replace(/[.,]/g, '')}.${decimal?.[1] ?? '0'}`);
  return String(value);
}

function evidenceOf(facts: readonly Fact[], site: string): string {
  return [
    site,
    ...facts.map(
      fact =>
        `${fact.subject} ${fact.value} ${fact.quote} ${fact.url} ${
          fact.unit?.currency ?? ''
        } ${fact.unit?.period ?? ''} ${fact.unit?.per ?? ''}`,
    ),
  ].join('\n');
}

function namesIn(sentence: string): string[] {
  const names: string[] = [];
  for (const match of sentence.matchAll(NAME)) {
    const name = match[0].replace(/[.'’-]+$/, '').replace(/['’]s$/, '');
    const starts = match.index === 0;
    if (ORDINARY.has(name) || name.length < 2) continue;
    if (starts && /^\p{Lu}\p{Ll}+ly$/u.test(name)) continue;
    names.push(name);
  }
  return names;
}

export function isSupported(
  sentence: string,
  cited: readonly Fact[],
  site: string,
): boolean {
  if (cited.length === 0 || MARKUP.test(sentence)) return false;
  const evidence = evidenceOf(cited, site);
  const known = new Set([
    ...numbersIn(evidence),
    ...cited
      .map(fact => fact.value)
      .filter((value): value is number => typeof value === 'number')
      .map(String),
  ]);
  if (!numbersIn(sentence).every(number => known.has(number))) return false;
  const words = new Set(evidence.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return namesIn(sentence).every(name =>
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every(word => word === '' || words.has(word)),
  );
}

/** Drops and counts each sentence that its cited facts do not support. */
export function checkProse(
  draft: readonly DraftSentence[],
  facts: readonly Fact[],
  site = '',
): CheckResult {
  const byId = new Map(facts.map(fact => [fact.id, fact]));
  const kept: string[] = [];
  let removed = 0;
  for (const { text, factIds } of draft) {
    const sentence = clean(text, 600);
    const cited = factIds.flatMap(id => byId.get(id) ?? []);
    const complete = cited.length === factIds.length;
    if (complete && isSupported(sentence, cited, site)) kept.push(sentence);
    else removed += 1;
  }
  return { kept, removed };
}
