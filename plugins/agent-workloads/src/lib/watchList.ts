import type {
  ChangeItem,
  RunListItem,
  ScheduleItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { changeKey } from './shownChange';

/** A company that runs come back to, with what is last known of it. */
export interface Watched {
  host: string;
  /** As its pages say; its host where no change told it. */
  name: string;
  last?: ChangeItem;
  /** How many changes of it the reader has not seen. */
  unread: number;
  /** The last run of a schedule that visits it, where that has a report; said where no change is known. */
  report?: RunListItem;
  /** RFC 3339: the next run that visits it. */
  nextAt?: string;
}

/**
 * @param changes - later ones first
 * @param unread - those of them, and perhaps more, that the reader has not seen
 * @returns unread companies first, then by their last change, then by name
 */
export function watchList(
  changes: readonly ChangeItem[],
  unread: readonly ChangeItem[],
  schedules: readonly ScheduleItem[],
): Watched[] {
  const companies = new Map<string, Watched>();
  const of = (host: string): Watched => {
    const known = companies.get(host) ?? { host, name: host, unread: 0 };
    companies.set(host, known);
    return known;
  };
  const seen = new Set<string>();
  const unreadKeys = new Set(unread.map(changeKey));
  for (const item of [...changes, ...unread]) {
    if (seen.has(changeKey(item))) continue;
    seen.add(changeKey(item));
    const company = of(item.host);
    const isLater =
      !company.last || item.completedAt > company.last.completedAt;
    if (isLater) Object.assign(company, { last: item, name: item.company });
    if (unreadKeys.has(changeKey(item))) company.unread += 1;
  }
  for (const { nextAt, lastRun } of schedules) {
    for (const host of lastRun?.hosts ?? []) {
      const company = of(host);
      const isSooner = nextAt && (!company.nextAt || nextAt < company.nextAt);
      if (isSooner) company.nextAt = nextAt;
      if (lastRun?.hasReport) company.report ??= lastRun;
    }
  }
  const lastAt = ({ last }: Watched) => last?.completedAt ?? '';
  return [...companies.values()].sort(
    (a, b) =>
      Number(b.unread > 0) - Number(a.unread > 0) ||
      lastAt(b).localeCompare(lastAt(a)) ||
      a.name.localeCompare(b.name),
  );
}
