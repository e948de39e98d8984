import {
  evaluateBoolean,
  RETRY_FUNCTIONS,
  type Value,
} from '../spec/expression';
import { parseDuration, type RetryStrategy } from '../spec/schema';
import { isFailedOrError, isFulfilled, type NodeStatus } from './model';
import {
  attemptsOf,
  isPastDeadline,
  isShutDown,
  requeue,
  type Operation,
} from './operation';

export type RetryVerdict =
  | { kind: 'running' }
  | { kind: 'again' }
  | { kind: 'wait'; message: string }
  | { kind: 'end'; phase: NodeStatus['phase']; message?: string };

const count = (number: number, unit: string) =>
  `${number} ${unit}${number === 1 ? '' : 's'}`;

/** As Argo words waiting times: `30 seconds`, `1 minute 0 seconds`, `2 hours 5 minutes`. */
function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) {
    return count(seconds, 'second');
  }
  return seconds < 3600
    ? `${count(Math.floor(seconds / 60), 'minute')} ${seconds % 60} seconds`
    : `${count(Math.floor(seconds / 3600), 'hour')} ${
        Math.floor(seconds / 60) % 60
      } minutes`;
}

/** Wait before the next attempt; `attempts` have ended. */
function backoffMs(
  backoff: NonNullable<RetryStrategy['backoff']>,
  attempts: number,
): number {
  const factor = backoff.factor && backoff.factor > 0 ? backoff.factor : 1;
  const wait = parseDuration(backoff.duration) * factor ** (attempts - 1);
  return backoff.cap ? Math.min(wait, parseDuration(backoff.cap)) : wait;
}

function backoffVerdict(
  operation: Operation,
  strategy: RetryStrategy,
  attempts: readonly NodeStatus[],
): RetryVerdict | undefined {
  const { backoff, limit } = strategy;
  const last = attempts.at(-1);
  if (!backoff || !last) {
    return undefined;
  }
  const wait = backoffMs(backoff, attempts.length);
  const until = new Date(new Date(last.finishedAt ?? 0).getTime() + wait);
  if (backoff.maxDuration) {
    const end = new Date(
      new Date(attempts[0].startedAt ?? 0).getTime() +
        parseDuration(backoff.maxDuration),
    );
    if (operation.now > end) {
      return endLike(last, 'Max duration limit exceeded');
    }
    if (until > end) {
      return endLike(last, 'Backoff would exceed max duration limit');
    }
  }
  // Without a limit Argo does not wait at all; neither do we.
  if (
    operation.now < until &&
    limit !== undefined &&
    attempts.length <= limit
  ) {
    requeue(operation, until);
    return { kind: 'wait', message: `Backoff for ${humanDuration(wait)}` };
  }
  return undefined;
}

function endLike(last: NodeStatus, message = last.message): RetryVerdict {
  return { kind: 'end', phase: last.phase, message: message ?? '' };
}

function policyAllows(strategy: RetryStrategy, last: NodeStatus): boolean {
  const policy =
    strategy.retryPolicy ?? (strategy.expression ? 'Always' : 'OnFailure');
  return (
    policy === 'Always' ||
    (policy === 'OnFailure' && last.phase === 'Failed') ||
    (policy === 'OnError' && last.phase === 'Error')
  );
}

function seconds(node: NodeStatus): number {
  const start = new Date(node.startedAt ?? 0).getTime();
  return (
    (new Date(node.finishedAt ?? node.startedAt ?? 0).getTime() - start) / 1000
  );
}

/** What `retryStrategy.expression` may read. A lost Pod has exit code -1. */
export function lastRetryScope(
  attempts: readonly NodeStatus[],
): Map<string, Value> {
  const last = attempts.at(-1);
  return new Map<string, Value>(
    last
      ? [
          ['retries', String(attempts.length - 1)],
          ['lastRetry.exitCode', last.outputs?.exitCode ?? '-1'],
          ['lastRetry.status', last.phase],
          ['lastRetry.duration', String(seconds(last))],
          ['lastRetry.message', last.message ?? ''],
        ]
      : [],
  );
}

/**
 * What becomes of a Retry node. The questions stand in Argo's order: stopped? backing off? allowed
 * by policy? a try left? wanted by the expression?
 *
 * @throws ExpressionError when the expression can't be evaluated
 */
export function judgeRetry(
  operation: Operation,
  retry: NodeStatus,
  strategy: RetryStrategy,
): RetryVerdict {
  const attempts = attemptsOf(operation, retry);
  const last = attempts.at(-1);
  if (!last) {
    return { kind: 'again' };
  }
  if (!isFulfilled(last)) {
    return { kind: 'running' };
  }
  if (!isFailedOrError(last)) {
    return { kind: 'end', phase: 'Succeeded' };
  }
  if (isShutDown(operation)) {
    if (operation.stillRuns(last)) {
      // Argo waits for the Pod's own word here, and the Workflow ends before it comes.
      return { kind: 'running' };
    }
    return endLike(last, `Stopped with strategy '${operation.spec.shutdown}'`);
  }
  if (isPastDeadline(operation)) {
    const deadline = operation.deadline
      ?.toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    return endLike(
      last,
      `retry exceeded workflow deadline ${deadline} +0000 UTC`,
    );
  }
  const waiting = backoffVerdict(operation, strategy, attempts);
  if (waiting) {
    return waiting;
  }
  if (!policyAllows(strategy, last)) {
    return endLike(last);
  }
  if (strategy.limit !== undefined && attempts.length > strategy.limit) {
    return endLike(last, 'No more retries left');
  }
  if (strategy.expression) {
    const scope = lastRetryScope(attempts);
    const wanted = evaluateBoolean(strategy.expression, {
      lookup: name => scope.get(name),
      functions: RETRY_FUNCTIONS,
    });
    if (!wanted) {
      return endLike(last, 'retryStrategy.expression evaluated to false');
    }
  }
  return { kind: 'again' };
}
