import { z } from 'zod';
import { agentWorkloadSpecSchema, type Follow } from './agent-workload';
import { keptBoundsSchema } from './agent-workload-status';
import { approvalsSchema, gateModeSchema, groupNamesSchema } from './gate';
import { LIMITS } from './limits';
import { sha256Schema } from './evidence';
import {
  inOrder,
  MOST_REASONS,
  saidReasonsSchema,
  toldReasonsSchema,
} from './policy-reasons';
import { runSummarySchema } from './report';

/** Rego entrypoints: `data.agentworkloads.start.decision` and `data.agentworkloads.gate.decision`. */
export const POLICY_ENTRYPOINTS = {
  start: 'agentworkloads/start/decision',
  gate: 'agentworkloads/gate/decision',
} as const;

/** What both policies are told about the workload. Never a secret, never scraped text. */
export interface PolicyWorkload {
  name: string;
  namespace: string;
  uid: string;
  objective: string;
  targetUrls: string[];
  /** `host` or `host:port` of each target, lower case, without duplicates, in the order of the spec. */
  hosts: string[];
  /** `pricing`: up to one more page of each site of a target, named by the site's own pages. */
  follow: Follow;
  template: { name: string; clusterScope: boolean };
  gate: {
    mode: 'policy' | 'human';
    fourEyes: boolean;
    /** How many people have to approve. */
    approvals: number;
    /** Of each of these groups somebody must be among them. */
    groups: string[];
  };
  /** Milliseconds. */
  timeouts: { execution: number; suspendGate: number; noProgress: number };
  /** Milliseconds that the run is kept once it has ended. */
  ttlAfterFinished: number;
  /** Empty when the spec names nobody. */
  requestedBy: string;
  entityRef: string;
  /**
   * The run whose saved pages are used, in place of a visit; null for a run that visits. `seenAt` once the operator has found it: always
   * at the gate.
   */
  evidenceFrom: { name: string; workflowUid: string; seenAt?: string } | null;
  parameters: Record<string, string>;
}

export interface StartPolicyInput {
  workload: PolicyWorkload;
  /** How many other runs have started and not ended: of the same requester (in the same namespace where it names nobody), and in the same namespace. */
  active: { requester: number; namespace: number };
  /** Where a schedule asks, before it makes any run: how far its due times lie apart at least. */
  schedule?: { everySeconds: number };
}

export interface GatePolicyInput {
  workload: PolicyWorkload;
  /** The gate in force after policy `start`. */
  gate: { mode: 'policy' | 'human'; fourEyes: boolean };
  /** From the output parameter of `dom`; null when it is missing or malformed. */
  summary: z.infer<typeof runSummarySchema> | null;
  steps: { name: string; phase: string; retries: number }[];
  artifacts: { name: string; size: number | null }[];
  elapsedSeconds: number;
}

const reasons = z.array(z.string().max(512)).max(MOST_REASONS);

/** They go to the egress proxy in a header of every request. */
export const MAX_HOST_RULES_CHARACTERS = 12_000;

/** Host patterns of the policy's data file that hold for a run: `*`, `*.host`, `host`, each with or without a port. */
export const hostRulesSchema = z.object({
  allow: z.array(z.string().max(300)).max(1000),
  deny: z.array(z.string().max(300)).max(1000),
});
export type HostRules = z.infer<typeof hostRulesSchema>;

/** What a policy may ask for beyond the spec; absent in answers of before. */
const quorumAskedFor = {
  approvals: approvalsSchema.optional(),
  groups: groupNamesSchema(LIMITS.gateGroups).optional(),
};

/** `gate` may only be stricter than the spec: `human` over `policy`, `fourEyes` true over false, more approvals, more groups. */
export const startDecisionSchema = z.object({
  allow: z.boolean(),
  reasons,
  /** What each of `reasons` is made of. */
  said: saidReasonsSchema.optional(),
  /** Why what is allowed must not start yet: it waits until another run ends. */
  wait: reasons.default([]),
  /** What each of `wait` is made of. */
  waitSaid: saidReasonsSchema.optional(),
  gate: z.object({
    mode: gateModeSchema,
    fourEyes: z.boolean(),
    ...quorumAskedFor,
  }),
  /** What the run's visits are held to, redirects and frames included. */
  egress: hostRulesSchema.refine(
    rules => JSON.stringify(rules).length <= MAX_HOST_RULES_CHARACTERS,
    `has more than ${MAX_HOST_RULES_CHARACTERS} characters`,
  ),
  /** How long a gate may be open in all, extensions included; absent in answers of before. */
  longestGateSeconds: z.int().min(0).optional(),
  /** How long a run is kept once it has ended, whether it is allowed or not. */
  kept: keptBoundsSchema.optional(),
  /** Of templates that may be run although they use `templateRef`, and of each template that they take from others. */
  templateDigests: z
    .array(sha256Schema)
    .max(LIMITS.templateDigests)
    .default([]),
});
export type StartDecision = z.infer<typeof startDecisionSchema>;

/** As policy `start` gives it: with all of its reasons, in any order. */
export const startAnswerSchema = startDecisionSchema
  .omit({ said: true, waitSaid: true })
  .extend({
    told: toldReasonsSchema.optional(),
    waitTold: toldReasonsSchema.optional(),
  })
  .transform(({ told, waitTold, ...answer }): StartDecision => {
    const waits = inOrder(answer.wait, waitTold);
    return {
      ...answer,
      ...inOrder(answer.reasons, told),
      wait: waits.reasons,
      ...(waits.said ? { waitSaid: waits.said } : {}),
    };
  });

/** Where the operator answers {@link StartQuestion}s: `POST` on the port of its health page. */
export const START_QUESTION_PATH = '/policy/start';

/** May such a run start? Asked before anybody makes it. */
export const startQuestionSchema = z.object({
  namespace: z.string().min(1).max(63),
  spec: agentWorkloadSpecSchema,
});
export type StartQuestion = z.infer<typeof startQuestionSchema>;

/** What policy `start` says of it now; a run is asked about anew when it is made. */
export const startReplySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answered'),
    decision: startDecisionSchema
      .pick({
        allow: true,
        reasons: true,
        said: true,
        wait: true,
        waitSaid: true,
        gate: true,
      })
      .extend({
        /** What must not be visited, which a check of a site is held to. What may be is nobody's business who has not made a run. */
        egress: z.object({ deny: hostRulesSchema.shape.deny }),
      }),
  }),
  z.object({ kind: z.literal('unavailable'), cause: z.string() }),
]);
export type StartReply = z.infer<typeof startReplySchema>;

export const gateDecisionResultSchema = z.object({
  decision: z.enum(['allow', 'hold', 'deny']),
  reasons,
  /** What each of `reasons` is made of. */
  said: saidReasonsSchema.optional(),
  /** True where what was visited asks for four eyes, whatever was known at the start. */
  fourEyes: z.boolean().default(false),
  ...quorumAskedFor,
});
export type GateDecisionResult = z.infer<typeof gateDecisionResultSchema>;

/** As policy `gate` gives it: with all of its reasons, in any order. */
export const gateAnswerSchema = gateDecisionResultSchema
  .omit({ said: true })
  .extend({ told: toldReasonsSchema.optional() })
  .transform(
    ({ told, ...answer }): GateDecisionResult => ({
      ...answer,
      ...inOrder(answer.reasons, told),
    }),
  );
