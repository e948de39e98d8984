import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Counted, NoticeWords } from './language';

/** What a run asks, as a title: its first line, at most so many characters. */
const TITLE_LENGTH = 100;
const COMMENT_LENGTH = 500;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How a person is called; the Kubernetes name where the catalog knows none. */
export type NameOf = (username: string) => string;

function clamped(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text;
}

export function titleOf({ objective, name }: RunListItem): string {
  const line = objective
    .split('\n')
    .map(one => one.trim())
    .find(Boolean);
  return clamped(line ?? name, TITLE_LENGTH);
}

export const commentOf = (comment: string) =>
  clamped(comment.trim(), COMMENT_LENGTH);

/** Numbers, never what stands behind them: not every reader may see that. @returns a sentence, or nothing */
export function countsOf(
  { hosts, summary }: RunListItem,
  words: NoticeWords,
): string {
  const { pages, facts, changes, notObserved } = summary ?? {};
  const of = (count: number | undefined, what: Counted) =>
    count === undefined ? [] : [words.counted(count, what)];
  const parts = [
    ...of(hosts.length, 'site'),
    ...of(pages, 'page'),
    ...(notObserved ? [words.notSeen(notObserved)] : []),
    ...of(changes, 'change'),
    ...of(facts, 'fact'),
  ];
  return parts.length > 1 ? `${parts.join(', ')}.` : '';
}

/** @param ms more than nothing; rounded down to what one says: `3 days`, `4 hours`, `12 minutes` */
export function spanWords(ms: number, { counted }: NoticeWords): string {
  if (ms >= 2 * DAY_MS) return counted(Math.floor(ms / DAY_MS), 'day');
  if (ms >= 2 * HOUR_MS) return counted(Math.floor(ms / HOUR_MS), 'hour');
  return counted(Math.max(1, Math.floor(ms / MINUTE_MS)), 'minute');
}

/** @throws RangeError for a zone that does not exist */
export function clockOf(
  timeZone: string | undefined,
  { locale }: NoticeWords,
): (at: string) => string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return at => format.format(new Date(at));
}
