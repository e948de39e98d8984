import {
  START_QUESTION_PATH,
  startReplySchema,
  type StartQuestion,
  type StartReply,
} from '@agentworkloads/api';

const TIMEOUT_MS = 5_000;

/** `notConfigured`: nobody told the portal whom to ask; `away`: no answer that could be read. */
export type PolicyReply =
  | StartReply
  | { kind: 'notConfigured' }
  | { kind: 'away' };

/** What policy `start` would say of such a run, by the operator that would ask it. Never throws. */
export async function askPolicy(
  operator: string | undefined,
  question: StartQuestion,
  signal: AbortSignal,
): Promise<PolicyReply> {
  if (operator === undefined) return { kind: 'notConfigured' };
  try {
    const response = await fetch(`${operator}${START_QUESTION_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return startReplySchema.parse(await response.json());
  } catch {
    return { kind: 'away' };
  }
}
