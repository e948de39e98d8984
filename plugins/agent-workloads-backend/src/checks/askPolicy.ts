import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  START_QUESTION_PATH,
  startReplySchema,
  type StartQuestion,
  type StartReply,
} from '@agentworkloads/api';

const TIMEOUT_MS = 5_000;

/** With what lies behind it: "fetch failed" alone says nothing. */
export function causeWords(error: unknown): string {
  const { message, cause, code } = error as Error & { code?: string };
  // Of several addresses that were tried, only the code tells.
  const words = message || code || String(error);
  return cause ? `${words}: ${causeWords(cause)}` : words;
}

/** `notConfigured`: nobody told the portal whom to ask; `misnamed`: only for a cluster that it does not have; `away`: no answer that could be read. */
export type PolicyReply =
  | StartReply
  | { kind: 'notConfigured' }
  | { kind: 'misnamed' }
  | { kind: 'away' };

/** What policy `start` would say of such a run, by the operator that would ask it. Never throws; why there is no answer is logged. */
export async function askPolicy(
  operator: string,
  question: StartQuestion,
  signal: AbortSignal,
  logger: Pick<LoggerService, 'warn'>,
): Promise<PolicyReply> {
  try {
    const response = await fetch(`${operator}${START_QUESTION_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const body = await response.text();
    const json = body.startsWith('{')
      ? (JSON.parse(body) as unknown)
      : undefined;
    const { data } = startReplySchema.safeParse(json);
    if (data) return data;
    throw new Error(
      `it answered ${response.status}, and not as an operator does: is it the operator's address?`,
    );
  } catch (error) {
    // Who asked has gone: nothing is wrong.
    if (!signal.aborted) {
      logger.warn(
        `agentWorkloads.checks.operators: the operator at ${operator} could not be asked what policy would say: ${causeWords(
          error,
        )}`,
      );
    }
    return { kind: 'away' };
  }
}
