import type { PageCheck } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Words } from '../translation/words';
import { notObservedSentence } from './notObserved';

/** Why a site was not reached. Of the page nothing is said, for that was not asked for. */
function unreachable(reason: string, words: Words): string {
  if (reason === 'TIMEOUT') return words.t('pageCheck.silent');
  return reason === 'POLICY_DENIED'
    ? words.t('pageCheck.hostDenied')
    : notObservedSentence(reason, words);
}

/** What the robots.txt of its site says of a page; where a line of it decides, that line is to follow. */
export function pageSentence(page: PageCheck, words: Words): string {
  const { t } = words;
  const { outcome, rule, status, reason = '' } = page;
  const line = rule?.line ?? 0;
  switch (outcome) {
    case 'allowed':
      return rule ? t('pageCheck.allowedBy', { line }) : t('pageCheck.allowed');
    case 'disallowed':
      return rule
        ? t('pageCheck.disallowedBy', { line })
        : t('pageCheck.disallowed');
    case 'noRules':
      return status === undefined
        ? t('pageCheck.noRules')
        : t('pageCheck.noRulesStatus', { status: String(status) });
    case 'notNow':
      return status === undefined
        ? t('pageCheck.notNow')
        : t('pageCheck.notNowStatus', { status: String(status) });
    case 'unreachable':
      return unreachable(reason, words);
    case 'denied':
      return t('pageCheck.denied');
    default:
      return t('pageCheck.unknown', { count: 1 });
  }
}
