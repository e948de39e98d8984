import { maskUrls } from '@agentworkloads/api';
import pino, { type Logger } from 'pino';

export type { Logger };

/** Writes one JSON line at a time; `write` gets the line with its newline. */
export interface LogSink {
  write(line: string): void;
}

/**
 * JSON logs, one object a line. Every known secret is cut out of the finished line, so that one inside an
 * error message or a URL of a library does not get through either; neither does the query of any URL, for a page's
 * address may carry a token that nobody told us of.
 */
export function createLogger(options: {
  name: string;
  level: string;
  secrets?: readonly string[];
  sink?: LogSink;
}): Logger {
  const sink = options.sink ?? { write: line => process.stdout.write(line) };
  const scrub = scrubber(options.secrets ?? []);
  return pino(
    {
      name: options.name,
      level: options.level,
      base: { name: options.name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
    },
    { write: line => sink.write(maskUrls(scrub(line))) },
  );
}

/** A function that replaces each secret, plain, URL-encoded or in JSON, by `[secret]`. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap(secret => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return text =>
    longestFirst.reduce(
      (line, secret) => line.split(secret).join('[secret]'),
      text,
    );
}
