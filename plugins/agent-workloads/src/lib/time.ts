import { keptFor, type AgentWorkload } from '@agentworkloads/api';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4 s`, `1 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most, rounded down. */
export function formatElapsed(ms: number): string {
  const rest = Math.max(0, ms);
  if (rest < MINUTE) {
    return `${Math.floor(rest / SECOND)} s`;
  }
  if (rest < HOUR) {
    return pair(rest, MINUTE, 'min', SECOND, 's');
  }
  return rest < DAY
    ? pair(rest, HOUR, 'h', MINUTE, 'min')
    : pair(rest, DAY, 'd', HOUR, 'h');
}

function pair(
  ms: number,
  big: number,
  bigName: string,
  small: number,
  smallName: string,
): string {
  const whole = Math.floor(ms / big);
  const part = Math.floor((ms - whole * big) / small);
  return part
    ? `${whole} ${bigName} ${part} ${smallName}`
    : `${whole} ${bigName}`;
}

/** Until when a run that has ended is kept; undefined while it goes on. */
export function keptUntil({
  spec,
  status,
}: Pick<AgentWorkload, 'spec' | 'status'>): string | undefined {
  const { finishedAt, policy } = status ?? {};
  if (!finishedAt) return undefined;
  const kept = keptFor(spec.ttlAfterFinished, policy?.start);
  return new Date(Date.parse(finishedAt) + kept).toISOString();
}

/** `just now`, `5 min ago`, `2 h ago`, else the date. */
export function formatAgo(iso: string, now: number): string {
  const ms = now - Date.parse(iso);
  if (Number.isNaN(ms)) {
    return 'unknown';
  }
  if (ms < 10 * SECOND) {
    return 'just now';
  }
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s ago`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min ago`;
  }
  if (ms < DAY) {
    return `${Math.floor(ms / HOUR)} h ago`;
  }
  return formatDate(iso);
}

/** `in 2 d 3 h`, `in 20 s`; `due now` once the time has come. */
export function formatUntil(iso: string, now: number): string {
  const ms = Date.parse(iso) - now;
  if (Number.isNaN(ms)) {
    return 'unknown';
  }
  return ms >= SECOND ? `in ${formatElapsed(ms)}` : 'due now';
}

export function formatDate(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time)
    ? 'unknown'
    : new Date(time).toLocaleString(undefined, {
        dateStyle: 'medium',
        timeStyle: 'short',
      });
}

/**
 * How long a run took or takes.
 * @returns milliseconds; undefined when it has not begun
 */
export function durationOf(
  run: { startedAt?: string; finishedAt?: string },
  now: number,
): number | undefined {
  if (!run.startedAt) {
    return undefined;
  }
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  return Math.max(0, end - Date.parse(run.startedAt));
}
