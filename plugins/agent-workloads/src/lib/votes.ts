import { isOfSeveral, tallyOf, type GateVotes } from '@agentworkloads/api';
import type { Words } from '../translation/words';

/**
 * `1 of 2; legal is missing`.
 * @param requester Kubernetes name of who asked, who does not count under four eyes
 * @returns undefined where one approval of anybody is enough
 */
export function votesWords(
  gate: GateVotes,
  requester: string | undefined,
  { t, locale }: Words,
): string | undefined {
  if (!isOfSeveral(gate)) return undefined;
  const { needed, people, missingGroups } = tallyOf(gate, requester);
  const count = t('votes.count', { number: people.length, needed });
  if (missingGroups.length === 0) return count;
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return t('votes.missing', {
    count: missingGroups.length,
    votes: count,
    groups: list.format(missingGroups),
  });
}
