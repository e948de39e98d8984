import {
  POLICY_ENTRYPOINTS,
  type GateDecisionResult,
  type StartDecision,
  type StartPolicyInput,
} from '@agentworkloads/api';
import type { PolicyAnswer, PolicyEngine } from '../src/ports';

/** Answers what it is told to; an allow and a hold unless told otherwise. */
export class FakePolicy implements PolicyEngine {
  asked: { entrypoint: string; input: unknown }[] = [];
  start: PolicyAnswer | ((input: StartPolicyInput) => PolicyAnswer) =
    FakePolicy.startAnswer({});
  gate: PolicyAnswer = FakePolicy.gateAnswer('hold');

  static startAnswer(answer: Partial<StartDecision>): PolicyAnswer {
    return {
      kind: 'answered',
      revision: 'rev-1',
      result: {
        allow: true,
        reasons: [],
        gate: { mode: 'policy', fourEyes: false },
        longestGateSeconds: 3600,
        egress: { allow: ['*'], deny: ['denied.example'] },
        ...answer,
      },
    };
  }

  static gateAnswer(decision: GateDecisionResult['decision']): PolicyAnswer {
    return {
      kind: 'answered',
      revision: 'rev-1',
      result: { decision, reasons: [`policy says ${decision}`] },
    };
  }

  async decide(entrypoint: string, input: unknown): Promise<PolicyAnswer> {
    this.asked.push({ entrypoint, input });
    if (entrypoint !== POLICY_ENTRYPOINTS.start) return this.gate;
    return typeof this.start === 'function'
      ? this.start(input as StartPolicyInput)
      : this.start;
  }

  async notReadyBecause(): Promise<string | undefined> {
    return undefined;
  }
}
