import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { describeError, RetryableError } from '../runtime/errors';

export interface ResilienceOptions {
  /** For messages: "Object storage". */
  service: string;
  /** Calls in all, the first one included. */
  tries: number;
  /** Milliseconds before the second try; they double, with jitter. */
  baseDelayMs: number;
  /** Limit of one try in milliseconds. */
  timeoutMs: number;
  /** Failed calls in a row that open the breaker. */
  breakAfter: number;
  /** Milliseconds until an open breaker lets one call through. */
  halfOpenAfterMs: number;
  /** Which errors say that the service is away; others pass through at once. */
  isTransient(error: unknown): boolean;
}

const timedOut = (error: unknown): boolean =>
  error instanceof TaskCancelledError;

export type Resilient = <T>(
  what: string,
  call: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/**
 * The one owner of retries for a service: a time limit for each try, few tries, and a breaker so that a
 * service which is down costs the rest of the step nothing. `call` is run afresh for each try.
 * @throws RetryableError when the tries are used up or the breaker is open.
 */
export function createResilient(options: ResilienceOptions): Resilient {
  const transient = handleWhen(
    error => timedOut(error) || options.isTransient(error),
  );
  const breaker = circuitBreaker(transient, {
    halfOpenAfter: options.halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(options.breakAfter),
  });
  const policy = wrap(
    retry(transient, {
      // cockatiel counts the calls after the first.
      maxAttempts: options.tries - 1,
      backoff: new ExponentialBackoff({
        initialDelay: options.baseDelayMs,
        maxDelay: options.baseDelayMs * 8,
      }),
    }),
    breaker,
    timeout(options.timeoutMs, TimeoutStrategy.Aggressive),
  );
  return async (what, call) => {
    try {
      return await policy.execute(({ signal }) => call(signal));
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        throw new RetryableError(
          `${options.service} failed ${options.breakAfter} times in a row; ${what} was not tried.`,
          { cause: error },
        );
      }
      if (timedOut(error) || options.isTransient(error)) {
        throw new RetryableError(
          `${options.service} is away: ${what}: ${
            timedOut(error)
              ? `no answer in ${options.timeoutMs} ms`
              : describeError(error)
          }`,
          { cause: error },
        );
      }
      throw error;
    }
  };
}
