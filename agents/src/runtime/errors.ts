/**
 * How a step ends early. The name tells the exit code; the message is for people: what is wrong and what
 * to do. Neither holds a secret (the logger scrubs what it knows, too).
 */

/** A service was away or the pod is being stopped: another attempt may end better. Exit code 10. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
}

/** Another attempt would end the same. Exit code 20. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** An object that is larger than a step reads. */
export class TooLargeError extends PermanentError {}

const MAX_LENGTH = 1500;

/** The message of anything thrown, with the messages of its causes, cut at MAX_LENGTH. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; current !== undefined && depth < 4; depth++) {
    if (!(current instanceof Error)) {
      parts.push(String(current));
      break;
    }
    const code = 'code' in current ? String(current.code) : '';
    const text = current.message || code || current.name;
    if (text && !parts.some(part => part.includes(text))) parts.push(text);
    current = current.cause;
  }
  const line = parts.join(': ').replace(/\s+/g, ' ').trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}
