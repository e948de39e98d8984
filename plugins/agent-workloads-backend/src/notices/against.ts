import {
  objectionOf,
  reasonsOf,
  severestFirst,
  type AgentWorkload,
} from '@agentworkloads/api';
import type { Against, NoticeWords } from './language';

/** What kinds of reasons policy has, most severe first. Not the reasons themselves: they name what not everybody may see. */
export function againstIt(
  { status }: AgentWorkload,
  words: NoticeWords,
): string | undefined {
  const { reasons, said } = status?.policy?.gate ?? {};
  if (!said) return undefined;
  const kinds = reasonsOf(reasons, said).map(one => objectionOf(one.said));
  const against = severestFirst([...new Set(kinds)], kind => kind).filter(
    (kind): kind is Against => kind !== 'asked',
  );
  return against.length > 0 ? words.against(against) : undefined;
}
