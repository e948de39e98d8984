import { listed, whoDecided, type GateStatus } from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

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

export function quoted(comment: string): string {
  return `“${clamped(comment.trim(), COMMENT_LENGTH)}”`;
}

/** `1 page`, `1,204 facts`. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
}

/** Numbers, never what stands behind them: not every reader may see that. @returns a sentence, or nothing */
export function countsOf({ hosts, summary }: RunListItem): string {
  const { pages, facts, changes, notObserved } = summary ?? {};
  const of = (count: number | undefined, one: string) =>
    count === undefined ? [] : [counted(count, one)];
  const parts = [
    ...of(hosts.length, 'site'),
    ...of(pages, 'page'),
    ...of(facts, 'fact'),
    ...of(changes, 'change'),
    ...(notObserved ? [`${notObserved} not seen`] : []),
  ];
  return parts.length > 1 ? `${parts.join(', ')}.` : '';
}

/** @param ms more than nothing; rounded down to what one says: `3 days`, `4 hours`, `12 minutes` */
export function spanWords(ms: number): string {
  if (ms >= 2 * DAY_MS) return counted(Math.floor(ms / DAY_MS), 'day');
  if (ms >= 2 * HOUR_MS) return counted(Math.floor(ms / HOUR_MS), 'hour');
  return counted(Math.max(1, Math.floor(ms / MINUTE_MS)), 'minute');
}

/** @throws RangeError for a zone that does not exist */
export function clockOf(timeZone: string | undefined): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
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

/** Who or what closed a gate, as a title begins; of several who approved, all who counted. */
export function closedBy(
  gate: GateStatus,
  requester: string | undefined,
  nameOf: NameOf,
): string {
  const names = whoDecided(gate, requester).map(nameOf);
  const by = names.length > 0 ? ` by ${listed(names)}` : '';
  switch (gate.via) {
    case 'policy':
      return 'Decided by the policy';
    case 'timeout':
      return 'Nobody decided in time';
    case 'deadline':
      return 'The time of the run was over';
    case 'cancel':
      return `Cancelled${by}`;
    case 'operator':
      return 'Closed by the operator';
    default:
      return `Decided${by}`;
  }
}
