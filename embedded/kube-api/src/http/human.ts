import { arrayAt, at, objectAt, stringAt } from '../json';
import type { KubeObject } from '../model';

/** kubectl's short form of a time span: 5s, 3m20s, 4h, 2d. */
export function age(timestamp: string | undefined, now: Date): string {
  const then = Date.parse(timestamp ?? '');
  if (Number.isNaN(then)) return '<unknown>';
  return humanDuration(Math.max(0, (now.getTime() - then) / 1000));
}

export function humanDuration(totalSeconds: number): string {
  const seconds = Math.floor(totalSeconds);
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) {
    return seconds % 60 ? `${minutes}m${seconds % 60}s` : `${minutes}m`;
  }
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) {
    return minutes % 60 ? `${hours}h${minutes % 60}m` : `${hours}h`;
  }
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 8) return hours % 24 ? `${days}d${hours % 24}h` : `${days}d`;
  if (days < 730) return `${days}d`;
  return `${Math.floor(days / 365)}y`;
}

export function readyContainers(pod: KubeObject): string {
  const statuses = arrayAt(pod, 'status', 'containerStatuses');
  const ready = statuses.filter(status => at(status, 'ready') === true).length;
  return `${ready}/${arrayAt(pod, 'spec', 'containers').length}`;
}

export function podStatus(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const phase = stringAt(pod, 'status', 'phase') ?? 'Unknown';
  for (const status of arrayAt(pod, 'status', 'containerStatuses')) {
    const waiting = stringAt(status, 'state', 'waiting', 'reason');
    const ended = stringAt(status, 'state', 'terminated', 'reason');
    if (waiting) return waiting;
    if (ended) return ended;
  }
  return stringAt(objectAt(pod, 'status'), 'reason') ?? phase;
}
