import { z } from 'zod';

const UNIT_MS = { h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** At most four digits a part keeps the value bounded and the pattern cheap. */
export const DURATION_PATTERN = '^([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$';

/** A duration such as `90s`, `30m` or `1h30m`; hours, minutes and seconds only, in that order. */
export const durationSchema = z
  .string()
  .min(2)
  .max(16)
  .regex(
    new RegExp(DURATION_PATTERN),
    'must be a duration such as 90s, 30m or 1h30m',
  );

/**
 * @returns the duration in milliseconds
 * @throws RangeError when the text is not a duration
 */
export function parseDuration(text: string): number {
  if (text.length < 2 || !new RegExp(DURATION_PATTERN).test(text)) {
    throw new RangeError(
      `"${text}" is not a duration; write for example 90s, 30m or 1h30m`,
    );
  }
  let total = 0;
  for (const [, digits, unit] of text.matchAll(/([0-9]+)([hms])/g)) {
    total += Number(digits) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return total;
}

const DAY_MS = 24 * UNIT_MS.h;

/** What people write for a unit, in English and German. */
const UNIT_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|days?|tage?n?)$/, DAY_MS],
  [/^(?:h|hrs?|hours?|std|stunden?)$/, UNIT_MS.h],
  [/^(?:m|mins?|minutes?|minuten?)$/, UNIT_MS.m],
  [/^(?:s|secs?|seconds?|sek|sekunden?)$/, UNIT_MS.s],
  [/^(?:w|weeks?|wochen?)$/, 7 * DAY_MS],
];

/**
 * A duration in words or as the contract writes it: `2 hours`, `3 days`, `1 h 30 min`, `1.5h`, `90s`.
 *
 * @returns as the contract writes it; undefined when it can't be read, or is longer than the contract has room for
 */
export function readDuration(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (plain.length < 2 || plain.length > 40) return undefined;
  if (new RegExp(DURATION_PATTERN).test(plain)) return plain;
  let ms = 0;
  // What is left over between the parts must be nothing that says something.
  const rest = plain.replace(
    /(\d{1,5}(?:[.,]\d{1,2})?)\s*(\p{L}+)\.?/gu,
    (_, amount: string, word: string) => {
      const unit = UNIT_WORDS.find(([words]) => words.test(word))?.[1] ?? NaN;
      ms += Number(amount.replace(',', '.')) * unit;
      return '';
    },
  );
  if (!/^(?:\s|,|and|und)*$/.test(rest) || !(ms >= 1_000)) return undefined;
  const read = formatDuration(ms);
  return new RegExp(DURATION_PATTERN).test(read) ? read : undefined;
}

/** How long what has ended is kept: whole days, or whole hours, from one on. */
export const TTL_PATTERN = '^([1-9][0-9]{0,3}d|[1-9][0-9]{0,4}h)$';

export const ttlSchema = z
  .string()
  .min(2)
  .max(6)
  .regex(
    new RegExp(TTL_PATTERN),
    'must be whole days or whole hours, such as 90d or 12h',
  );

/**
 * @returns the time in milliseconds
 * @throws RangeError when the text is neither days nor hours
 */
export function parseTtl(text: string): number {
  const [, amount, unit] = /^([1-9][0-9]{0,4})([dh])$/.exec(text) ?? [];
  if (amount === undefined) {
    throw new RangeError(
      `"${text}" is no such time; write for example 90d or 12h`,
    );
  }
  return Number(amount) * UNIT_MS.h * (unit === 'd' ? 24 : 1);
}

/** The shortest text for a number of milliseconds, rounded to whole seconds: `1h30m`, `45s`. */
export function formatDuration(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1000));
  const hours = Math.floor(rest / 3600);
  rest -= hours * 3600;
  const minutes = Math.floor(rest / 60);
  const seconds = rest - minutes * 60;
  const text =
    (hours ? `${hours}h` : '') +
    (minutes ? `${minutes}m` : '') +
    (seconds ? `${seconds}s` : '');
  return text || '0s';
}
