import {
  gateAnswerSchema,
  startAnswerSchema,
  type GateDecisionResult,
  type GateStatus,
  type StartDecision,
} from '@agentworkloads/api';
import type { z } from 'zod';
import type { PolicyAnswer } from '../ports';

/** `unavailable` can only lead to waiting: there is no way from it to "allowed". */
export type Judged<T> =
  | { kind: 'answered'; value: T; revision: string }
  | { kind: 'unavailable'; cause: string };

function parseAnswer<T>(schema: z.ZodType<T>, answer: PolicyAnswer): Judged<T> {
  if (answer.kind === 'unavailable') return answer;
  const parsed = schema.safeParse(answer.result);
  return parsed.success
    ? {
        kind: 'answered',
        value: parsed.data,
        revision: answer.revision.slice(0, 128),
      }
    : { kind: 'unavailable', cause: 'the answer has not the agreed shape' };
}

export function readStartAnswer(answer: PolicyAnswer): Judged<StartDecision> {
  return parseAnswer(startAnswerSchema, answer);
}

export function readGateAnswer(
  answer: PolicyAnswer,
): Judged<GateDecisionResult> {
  return parseAnswer(gateAnswerSchema, answer);
}

export type Strictness = Pick<
  GateStatus,
  'mode' | 'fourEyes' | 'approvals' | 'groups'
>;

export const strictnessOf = ({
  mode,
  fourEyes,
  approvals,
  groups,
}: Strictness): Strictness => ({
  mode,
  fourEyes,
  ...(approvals === undefined ? {} : { approvals }),
  ...(groups === undefined ? {} : { groups }),
});

/** The gate in force: a policy can make it stricter than the spec, never looser. */
export function strictestGate(
  asked: Strictness,
  policy: Strictness,
): Strictness {
  const approvals = Math.max(asked.approvals ?? 1, policy.approvals ?? 1);
  const groups = new Set([...(asked.groups ?? []), ...(policy.groups ?? [])]);
  // Who asks for several people asks for people: policy alone does not open that gate.
  const human =
    asked.mode === 'human' ||
    policy.mode === 'human' ||
    approvals > 1 ||
    groups.size > 0;
  return {
    mode: human ? 'human' : 'policy',
    fourEyes: asked.fourEyes || policy.fourEyes,
    ...(approvals > 1 ? { approvals } : {}),
    ...(groups.size > 0 ? { groups: [...groups] } : {}),
  };
}
