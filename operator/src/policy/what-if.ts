import {
  AGENT_WORKLOAD,
  API_VERSION,
  POLICY_ENTRYPOINTS,
  startQuestionSchema,
  type AgentWorkload,
  type StartPolicyInput,
  type StartReply,
} from '@agentworkloads/api';
import type { PolicyEngine } from '../ports';
import { readStartAnswer } from './answers';
import { startInput } from './input';

export interface WhatIfSources {
  policy: PolicyEngine;
  /** What else goes on, by what a start is limited. */
  beside(place: {
    namespace: string;
    requester: string;
  }): StartPolicyInput['active'];
}

/** It has no name yet; a policy that judges by one finds this. */
const NAME = 'not-made-yet';

/**
 * What policy `start` says of a run that nobody has made, asked as it is for one that is there. Nothing is recorded and no place is
 * taken: the run is asked about anew when it is made.
 *
 * @param question a `StartQuestion`, as it came
 * @returns undefined where it is none
 */
export async function whatIfStarted(
  { policy, beside }: WhatIfSources,
  question: unknown,
): Promise<StartReply | undefined> {
  const { success, data } = startQuestionSchema.safeParse(question);
  if (!success) return undefined;
  const { namespace, spec } = data;
  const workload: AgentWorkload = {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD.kind,
    metadata: {
      name: NAME,
      namespace,
      uid: '',
      generation: 1,
      resourceVersion: '',
      creationTimestamp: '',
    },
    spec,
  };
  const requester = spec.requestedBy?.username ?? '';
  const answer = readStartAnswer(
    await policy.decide(
      POLICY_ENTRYPOINTS.start,
      startInput(workload, beside({ namespace, requester })),
    ),
  );
  if (answer.kind === 'unavailable') return answer;
  const { allow, reasons, said, wait, waitSaid, gate, egress } = answer.value;
  const { deny } = egress;
  return {
    kind: 'answered',
    decision: {
      allow,
      reasons,
      said,
      wait,
      waitSaid,
      gate,
      egress: { deny },
    },
  };
}
