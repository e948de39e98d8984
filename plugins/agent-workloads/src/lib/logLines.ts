export interface LogLine {
  /** `12:04:31`, where the line says when. */
  time?: string;
  level?: 'debug' | 'info' | 'warn' | 'error';
  text: string;
}

/** Lines kept on the page; the download has them all. */
export const MAX_LINES = 2_000;

const PINO_LEVELS: Record<number, LogLine['level']> = {
  10: 'debug',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'error',
};

/** Our steps log JSON, a line an entry; anything else is shown as it stands. */
export function parseLogLine(line: string): LogLine {
  if (!line.startsWith('{')) {
    return { text: line };
  }
  try {
    const { time, ts, timestamp, level, msg, message, ...rest } = JSON.parse(
      line,
    ) as Record<string, unknown>;
    const text = [msg ?? message, describe(rest)].filter(Boolean).join('  ');
    return {
      time: clock(time ?? ts ?? timestamp),
      level: levelOf(level),
      text: text || line,
    };
  } catch {
    return { text: line };
  }
}

function describe(rest: Record<string, unknown>): string {
  return Object.entries(rest)
    .filter(([name]) => !['pid', 'hostname'].includes(name))
    .map(([name, value]) =>
      typeof value === 'string'
        ? `${name}=${value}`
        : `${name}=${JSON.stringify(value)}`,
    )
    .join(' ');
}

function clock(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return undefined;
  }
  const date = new Date(value);
  return Number.isNaN(date.getTime())
    ? undefined
    : date.toLocaleTimeString(undefined, { hour12: false });
}

function levelOf(value: unknown): LogLine['level'] {
  if (typeof value === 'number') {
    return PINO_LEVELS[value];
  }
  const name = String(value).toLowerCase();
  if (name === 'warning') {
    return 'warn';
  }
  return (['debug', 'info', 'warn', 'error'] as const).find(
    one => one === name,
  );
}

/** The lines of a log so far; a half line at the end counts as a line. */
export function splitLog(text: string): { lines: string[]; dropped: number } {
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') {
    lines.pop();
  }
  const dropped = Math.max(0, lines.length - MAX_LINES);
  return { lines: lines.slice(dropped), dropped };
}
