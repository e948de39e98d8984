import { SAID, type SaidCode, type Wording } from '@agentworkloads/api';
import type { Words } from '../translation/words';

const isKnown = ({ code, values }: Wording): boolean =>
  Object.hasOwn(SAID, code) &&
  [...SAID[code as SaidCode].matchAll(/\{\{(\w+)\}\}/g)].every(
    ([, name]) => values[name] !== undefined,
  );

/**
 * What the backend says, in the language of the person.
 *
 * @param message - the same in English, for a code that only a later backend has
 */
export function saidText(
  message: string,
  said: Wording | undefined,
  { t }: Pick<Words, 't'>,
): string {
  if (!said || !isKnown(said)) return message;
  // Which values a code has is known where it is said; here any may come.
  const say = t as (key: string, values: Wording['values']) => string;
  return say(`said.${said.code}`, said.values);
}
