import { STARTED_WORDS } from '../vocabulary/head-words';
import { lexiconOf } from '../vocabulary/words';

const STARTED = lexiconOf(STARTED_WORDS);

/**
 * "Pr. påbegyndt time": where the unit begins that counts from its start on.
 * @param text in small letters
 * @param at where the unit or the word before it begins
 */
export function passStarted(text: string, at: number): number {
  const started = STARTED.longestAt(text, at);
  return started && text[at + started.length] === ' '
    ? at + started.length + 1
    : at;
}
