import {
  NOT_OBSERVED_REASONS,
  type NotObservedReason,
} from '@agentworkloads/api';
import type { Words } from '../translation/words';

/** Why a page is missing, and what somebody could do about it. */
export function notObservedSentence(reason: string, { t }: Words): string {
  return NOT_OBSERVED_REASONS.includes(reason as NotObservedReason)
    ? t(`notObserved.${reason as NotObservedReason}`)
    : t('notObserved.unknown', { reason });
}
