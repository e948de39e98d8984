import { keptFor, type AgentWorkload } from '@agentworkloads/api';
import type { Words } from '../translation/words';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = { seconds: SECOND, minutes: MINUTE, hours: HOUR, days: DAY };
type Unit = keyof typeof UNITS;

/** `4 s`, `1 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most, rounded down. */
export function formatElapsed(ms: number, words: Words): string {
  const rest = Math.max(0, ms);
  if (rest < MINUTE) {
    return inUnit(rest, 'seconds', words);
  }
  if (rest < HOUR) {
    return pair(rest, 'minutes', 'seconds', words);
  }
  return rest < DAY
    ? pair(rest, 'hours', 'minutes', words)
    : pair(rest, 'days', 'hours', words);
}

/** Rounded down. */
function inUnit(ms: number, unit: Unit, { t }: Words): string {
  return t(`time.${unit}`, { n: String(Math.floor(ms / UNITS[unit])) });
}

function pair(ms: number, big: Unit, small: Unit, words: Words): string {
  const rest = ms % UNITS[big];
  const whole = inUnit(ms, big, words);
  return rest >= UNITS[small]
    ? `${whole} ${inUnit(rest, small, words)}`
    : whole;
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
export function formatAgo(iso: string, now: number, words: Words): string {
  const { t } = words;
  const ms = now - Date.parse(iso);
  const ago = (unit: Unit) => t('time.ago', { time: inUnit(ms, unit, words) });
  if (Number.isNaN(ms)) {
    return t('time.unknown');
  }
  if (ms < 10 * SECOND) {
    return t('time.justNow');
  }
  if (ms < MINUTE) {
    return ago('seconds');
  }
  if (ms < HOUR) {
    return ago('minutes');
  }
  return ms < DAY ? ago('hours') : formatDate(iso, words);
}

/** `in 2 d 3 h`, `in 20 s`; `due now` once the time has come. */
export function formatUntil(iso: string, now: number, words: Words): string {
  const { t } = words;
  const ms = Date.parse(iso) - now;
  if (Number.isNaN(ms)) {
    return t('time.unknown');
  }
  return ms >= SECOND
    ? t('time.in', { time: formatElapsed(ms, words) })
    : t('time.dueNow');
}

export function formatDate(iso: string, { t, locale }: Words): string {
  const time = Date.parse(iso);
  return Number.isNaN(time)
    ? t('time.unknown')
    : new Date(time).toLocaleString(locale, {
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
