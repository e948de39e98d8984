import {
  isPolicyCode,
  type PolicyCode,
  type PolicyReason,
} from '@agentworkloads/api';
import { messages } from '../translation/messages';
import type { Words } from '../translation/words';
import { stepTitle } from './stepText';
import { formatDate, formatElapsed } from './time';

/** How a value is shown that is not shown as it came. */
type Show = (value: string, words: Words) => string | number;

const LIMITS: Record<string, 'gateWaits' | 'runWorks' | 'noProgress'> = {
  execution: 'runWorks',
  suspendGate: 'gateWaits',
  noProgress: 'noProgress',
};

const seconds: Show = (value, words) =>
  formatElapsed(Number(value) * 1_000, words);
const number: Show = value => Number(value);

/** Of a code; the others have names and numbers only. */
const SHOWN: Partial<Record<PolicyCode, Record<string, Show>>> = {
  time: {
    field: (field, { t }) =>
      LIMITS[field] ? t(`form.${LIMITS[field]}`) : field,
    many: seconds,
    most: seconds,
  },
  braces: {
    field: (field, { t }) => {
      if (field === 'objective') return t('edit.objective');
      return field === 'a target URL' ? t('form.pagesToVisit') : field;
    },
  },
  keptTooLong: { many: seconds, most: seconds },
  keptTooShort: { asked: seconds, least: seconds },
  tooOften: { asked: seconds, least: seconds },
  seenAt: { at: formatDate },
  stepNotSucceeded: { step: stepTitle },
};
const NUMBERS: Record<string, Show> = {
  many: number,
  most: number,
  number,
  pages: number,
  percent: number,
};

const MESSAGES: Record<string, string> = messages.policySays;

/** Whether every value that its sentence has a place for is there; which of them it is about is counted. */
function isWhole(code: PolicyCode, values: Record<string, unknown>): boolean {
  const message = MESSAGES[code] ?? MESSAGES[`${code}_other`] ?? '';
  return [...message.matchAll(/\{\{(\w+)/g)].every(
    ([, name]) => values[name === 'count' ? 'number' : name] !== undefined,
  );
}

/** A reason of the policy: in the language of the person where it is one of the shipped policy, else as it was given. */
export function policySentence(
  { text, said }: PolicyReason,
  words: Words,
): string {
  if (!said || !isPolicyCode(said.code) || !isWhole(said.code, said.values)) {
    return text;
  }
  const { code } = said;
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(said.values)) {
    const show = SHOWN[code]?.[name] ?? NUMBERS[name];
    values[name] = show ? show(String(value), words) : value;
  }
  // Which values a code has is known where it is said; here any may come.
  const say = words.t as (key: string, made: typeof values) => string;
  const { number: count } = values;
  return say(
    `policySays.${code}`,
    count === undefined ? values : { ...values, count: Number(count) },
  );
}
