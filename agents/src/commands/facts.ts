import type { Fact } from '@agentworkloads/api';
import {
  explainFacts,
  type PageBundle,
  REFUSALS,
  type Candidate,
} from '@agentworkloads/facts';

const MAX_QUOTE = 80;

const quoted = (text: string): string =>
  JSON.stringify(
    text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text,
  );

function unitOf({ unit }: Fact): string {
  if (!unit) return '';
  const { currency, period, per, billed, from, upTo } = unit;
  return [
    from && 'from',
    currency,
    upTo !== undefined && `up to ${upTo}`,
    per && `per ${per}`,
    period && (period === 'once' ? 'once' : `a ${period}`),
    billed && `(${billed})`,
  ]
    .filter(Boolean)
    .join(' ');
}

function became(
  candidate: Candidate,
  facts: ReadonlyMap<string, Fact>,
): string {
  if (candidate.refused)
    return `dropped: ${candidate.refused} — ${REFUSALS[candidate.refused]}`;
  const fact = candidate.factId ? facts.get(candidate.factId) : undefined;
  if (!fact) return 'dropped: notProven — the page does not prove it';
  const what = `${fact.kind} of ${quoted(fact.subject)}`;
  return `${what}: ${fact.value} ${unitOf(fact)}`.trimEnd();
}

/** The lines that `facts` prints: every candidate for a price with what became of it, then the other facts. */
export function explainPage(bundle: PageBundle): string[] {
  const { page, text } = bundle;
  if (page.reason)
    return [
      `${page.url}`,
      `not observed: ${page.reason}: ${page.detail ?? ''}`,
    ];
  const { facts, candidates, language, company } = explainFacts(bundle);
  const byId = new Map(facts.map(fact => [fact.id, fact]));
  const of = new Set(candidates.map(candidate => candidate.factId));
  return [
    `${page.url}`,
    `company ${quoted(company)}, language of the text ${language ?? 'unknown'}`,
    '',
    `${candidates.length} candidates for a price`,
    ...candidates.map(candidate => {
      const read = quoted(text.slice(candidate.start, candidate.end));
      const value =
        candidate.value === undefined
          ? ''
          : ` read as ${candidate.value} ${
              candidate.currency ?? '(no currency)'
            }`;
      return `  [${candidate.start},${
        candidate.end
      }) ${read}${value}\n    ${became(candidate, byId)}`;
    }),
    '',
    `${facts.length - [...of].filter(Boolean).length} other facts`,
    ...facts
      .filter(fact => !of.has(fact.id))
      .map(fact =>
        `  [${fact.start},${fact.end}) ${fact.kind} of ${quoted(
          fact.subject,
        )}: ${quoted(String(fact.value))} ${unitOf(fact)}`.trimEnd(),
      ),
  ];
}
