import { DNS_LABEL_PATTERN, SCHEDULE_LIMITS } from '@agentworkloads/api';
import { threeTimesSoon } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { When } from '../components/WhenFields';
import type { Words } from '../translation/words';

/** The value of the form's field: nothing of it for a single run. @public */
export interface Repeat extends Partial<When> {
  name?: string;
  /** Also a first run, at once. */
  runNow?: boolean;
  /** Three times, two minutes apart, counted from when it is sent. */
  soon?: boolean;
}

/** When it would run if it were sent now; undefined for a single run. */
export function whenOf(repeat: Repeat, now: number): When | undefined {
  if (repeat.soon) return threeTimesSoon(now);
  return repeat.schedule === undefined
    ? undefined
    : { schedule: repeat.schedule, timeZone: repeat.timeZone ?? 'Etc/UTC' };
}

/** @returns a sentence about a name that can't be one */
export function nameProblem(name: string, { t }: Words): string | undefined {
  if (name.length > SCHEDULE_LIMITS.name) {
    return t('mistake.nameTooLong', {
      most: SCHEDULE_LIMITS.name,
      characters: name.length,
    });
  }
  return new RegExp(DNS_LABEL_PATTERN).test(name)
    ? undefined
    : t('mistake.noName');
}
