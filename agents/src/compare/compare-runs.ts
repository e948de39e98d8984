import { FACT_KINDS, inReadingOrder, type Fact } from '@agentworkloads/api';
import { comparePlans, joinMoved } from './compare-plans';
import {
  MOST_FACTS,
  mostFactsGone,
  notCompared,
  whyNotCompared,
} from './doubt';
import { noFindings, tell, tellLone, type Findings } from './findings';
import {
  changeOf,
  type Comparison,
  type ObservedRun,
  type Pair,
} from './observed';
import { plansOf } from './plans';
import { pairPages } from './same-page';
import { PARTS } from './sight';
import { assignCopy, textAspect } from './texts';

export type { Comparison, ObservedPage, ObservedRun } from './observed';

/** Below this a text of the page is too vague to tell its absence from a change of layout. */
const SURE_COPY = 0.8;

/** Says the page's own words; what a plan has is compared with the plan. */
function compareCopy(
  findings: Findings,
  pair: Pair,
  before: readonly Fact[],
  after: readonly Fact[],
): void {
  findings.compared += before.length;
  for (const kind of FACT_KINDS) {
    const of = (facts: readonly Fact[]) =>
      facts.filter(fact => fact.kind === kind);
    const { pairs, gone, came } = assignCopy(of(before), of(after));
    for (const [was, is] of pairs) {
      const aspect = textAspect(was, is, false);
      if (aspect) tell(findings, changeOf(pair, was, is, { aspect }));
    }
    findings.lost += gone.length;
    for (const was of gone)
      tellLone(findings, pair, { was, atLeast: SURE_COPY });
    for (const is of came) tellLone(findings, pair, { is, atLeast: SURE_COPY });
  }
}

const languageOf = (lang: string | undefined) =>
  lang?.split(/[-_]/)[0].toLowerCase();

function inOneLanguage({ before, after }: Pair): boolean {
  const [a, b] = [before, after].map(({ page }) =>
    languageOf(page.record.lang),
  );
  return !a || !b || a === b;
}

function comparePage(pair: Pair): Comparison {
  const none = { changes: [], noted: [] };
  const why = whyNotCompared(pair);
  if (why) return { ...none, notCompared: [why] };
  const findings = noFindings();
  const before = plansOf(pair.before.page.facts);
  const after = plansOf(pair.after.page.facts);
  const texts = inOneLanguage(pair);
  if (!texts) findings.parts.add('OTHER_LANGUAGE');
  comparePlans(findings, pair, before, after, texts);
  if (texts) compareCopy(findings, pair, before.copy, after.copy);
  if (findings.lost > findings.compared * MOST_FACTS)
    return { ...none, notCompared: [mostFactsGone(pair.url)] };
  return {
    changes: findings.changes,
    noted: findings.noted,
    notCompared: [...findings.parts].map(part =>
      notCompared(pair.url, part, PARTS[part] ?? part, 'part'),
    ),
  };
}

/**
 * What changed from one run to the next. Pure: the same two runs give the same answer. Equal values are never a change, and nothing is
 * said to be gone from a page that was not observed, is doubtful, or was read by a collector that could not see it.
 *
 * @param before the baseline, read by today's extractor
 * @param after the run that is told about
 * @returns changes by kind, plans and prices first; what differs without being one; and what was not compared, with the reason
 */
export function compareRuns(
  before: ObservedRun,
  after: ObservedRun,
): Comparison {
  const { both, onlyBefore, onlyAfter } = pairPages(before, after);
  const pages = both.map(([then, now]) =>
    comparePage({
      url: now.record.url,
      before: {
        page: then,
        workflowUid: then.workflowUid ?? before.workflowUid,
      },
      after: { page: now, workflowUid: after.workflowUid },
    }),
  );
  return {
    changes: inReadingOrder(joinMoved(pages.flatMap(({ changes }) => changes))),
    noted: pages.flatMap(({ noted }) => noted),
    notCompared: [
      ...pages.flatMap(each => each.notCompared),
      ...onlyAfter.map(({ record }) =>
        notCompared(
          record.url,
          'ONLY_IN_LATER_RUN',
          'The earlier run was not asked for this page.',
        ),
      ),
      ...onlyBefore.map(({ record }) =>
        notCompared(
          record.url,
          'ONLY_IN_EARLIER_RUN',
          'The later run was not asked for this page.',
        ),
      ),
    ],
  };
}
