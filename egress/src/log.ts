import pino, { type Logger } from 'pino';
import { maskUrls } from './mask-urls';

/** JSON, one object a line, without the token and without what an address may carry; `write` gets the finished line. */
export function createLogger(
  level: string,
  secrets: readonly string[],
  write: (line: string) => void = line => process.stdout.write(line),
): Logger {
  const forms = secrets.flatMap(secret => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const scrub = (text: string) =>
    longestFirst.reduce(
      (line, form) => line.split(form).join('[secret]'),
      text,
    );
  return pino(
    {
      name: 'egress',
      level,
      base: { name: 'egress' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
    },
    { write: line => write(maskUrls(scrub(line))) },
  );
}
