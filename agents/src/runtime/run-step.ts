import { GraphDrained, RunControl } from '@langchain/langgraph';
import type { Checkpoints } from './checkpoints';
import { writeDigests } from './digests';
import { describeError, RetryableError } from './errors';
import type { Step, StepDeps } from './step';

/** More nodes than any step has; a loop without an end is a bug and stops here. */
const RECURSION_LIMIT = 2000;

/** `<workflow uid>/<step>`: a retried pod finds its own thread, a new run a new one. */
export function threadId(workflowUid: string, step: string): string {
  return `${workflowUid}/${step}`;
}

/**
 * Runs one step: starts its graph, or resumes it where an earlier pod died, or takes the stored result of a
 * finished one; then writes the outputs, each time.
 * @throws RetryableError, PermanentError, or whatever a bug throws.
 */
export async function runStep<State extends object>(
  step: Step<State>,
  deps: StepDeps,
  checkpoints: Pick<Checkpoints, 'saver'>,
): Promise<void> {
  const graph = step
    .buildGraph(deps)
    .compile({ checkpointer: checkpoints.saver });
  const thread = {
    configurable: { thread_id: threadId(deps.job.workflowUid, step.name) },
  };
  const before = await graph.getState(thread);
  const started =
    Object.keys((before.values as object | undefined) ?? {}).length > 0 ||
    before.next.length > 0;
  if (started && before.next.length === 0) {
    deps.logger.info(
      'the graph had finished before, writing its outputs again',
    );
    await step.writeOutputs(before.values as State, deps);
    await writeDigests(step, deps);
    return;
  }
  if (started) deps.logger.info({ next: before.next }, 'resuming');

  const control = new RunControl();
  const drain = () => control.requestDrain('the pod is being stopped');
  deps.signal.addEventListener('abort', drain, { once: true });
  try {
    if (deps.signal.aborted) throw deps.signal.reason;
    // An input on a thread that has a checkpoint would start it over; null goes on.
    await graph.invoke(started ? null : step.input, {
      ...thread,
      durability: 'sync',
      recursionLimit: RECURSION_LIMIT,
      control,
    });
  } catch (error) {
    if (deps.signal.aborted || error instanceof GraphDrained) {
      throw new RetryableError(
        'The step was stopped before its end; another attempt goes on from there.',
        {
          cause: error,
        },
      );
    }
    throw error;
  } finally {
    deps.signal.removeEventListener('abort', drain);
  }
  const after = await graph.getState(thread);
  await step.writeOutputs(after.values as State, deps);
  await writeDigests(step, deps);
}

/** The outcome of anything thrown by a step. */
export interface Failure {
  retryable: boolean;
  /** One line for the Workflow's node and the last line of the log. */
  reason: string;
}

export function classifyFailure(error: unknown): Failure {
  if (named(error, 'RetryableError') || isServiceAway(error)) {
    return { retryable: true, reason: describeError(error) };
  }
  if (named(error, 'PermanentError') || named(error, 'ConfigError')) {
    return { retryable: false, reason: describeError(error) };
  }
  return {
    retryable: false,
    reason: `Unexpected error, please report it: ${describeError(error)}`,
  };
}

/** By name and along the causes: LangGraph wraps some of what a node throws. */
function named(error: unknown, name: string): boolean {
  return chain(error).some(link => link.name === name);
}

const AWAY_CODES =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08...|53...|57P..)$/;
const AWAY_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error/i;

/** PostgreSQL's driver throws through LangGraph as it is; these say that the server was away. */
function isServiceAway(error: unknown): boolean {
  return chain(error).some(
    link =>
      ('code' in link && AWAY_CODES.test(String(link.code))) ||
      AWAY_MESSAGES.test(link.message),
  );
}

function chain(error: unknown): Error[] {
  const links: Error[] = [];
  let current = error;
  while (current instanceof Error && links.length < 8) {
    links.push(current);
    if (current instanceof AggregateError) {
      links.push(...current.errors.filter(inner => inner instanceof Error));
    }
    current = current.cause;
  }
  return links;
}
