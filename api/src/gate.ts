import { z } from 'zod';
import { sha256Schema } from './evidence';
import { LIMITS } from './limits';
import { atMost } from './text';

export const gateModeSchema = z.enum(['policy', 'human']);
export type GateMode = z.infer<typeof gateModeSchema>;

/** @public */
export const gateDecisionSchema = z.enum(['approve', 'deny']);
/** @public */
export type GateDecision = z.infer<typeof gateDecisionSchema>;

/** What a person says about a gate: `extend` decides nothing, it leaves more time to decide. */
export const approvalDecisionSchema = z.enum(['approve', 'deny', 'extend']);
export type ApprovalDecision = z.infer<typeof approvalDecisionSchema>;

/**
 * What decided: a person, policy `gate`, the gate's time limit, a cancel, the end of `execution`, or the
 * operator itself, because the approval on which the decision rested could not be found as it was.
 */
export const gateViaSchema = z.enum([
  'person',
  'policy',
  'timeout',
  'cancel',
  'deadline',
  'operator',
]);
export type GateVia = z.infer<typeof gateViaSchema>;

export const gateExtensionSchema = z.object({
  until: z.iso.datetime().describe('The deadline that it set.'),
  by: atMost(z.string(), 256).describe('Who asked for more time.'),
  at: z.iso.datetime().describe('When it was used.'),
  comment: atMost(z.string(), LIMITS.comment).optional().describe('Why.'),
  approvalUid: z
    .string()
    .max(64)
    .describe('The AgentApproval that asked for it.'),
});
export type GateExtension = z.infer<typeof gateExtensionSchema>;

/** As `request.userInfo.groups` has it. */
const groupNameSchema = atMost(z.string().min(1), 256);

/** How many people have to approve. */
export const approvalsSchema = z.int().min(1).max(LIMITS.gateApprovals);

/** Names of groups, each once. */
export function groupNamesSchema(atMostMany: number) {
  return z
    .array(groupNameSchema)
    .max(atMostMany)
    .meta({ 'x-kubernetes-list-type': 'set' });
}

/** Groups that a gate can ask for in all: those of its spec, and as many of policy at the start and again at the gate. */
const MOST_GATE_GROUPS = 3 * LIMITS.gateGroups;

/** @public */
export const gateVoteSchema = z.object({
  username: atMost(z.string(), 256).describe('Who approved.'),
  groups: groupNamesSchema(MOST_GATE_GROUPS)
    .optional()
    .describe(
      'Groups that the gate asks for and that this approval counts for.',
    ),
  decidedAt: z.iso.datetime().describe('When it was counted.'),
  comment: atMost(z.string(), LIMITS.comment).optional().describe('Why.'),
  approvalName: z
    .string()
    .max(253)
    .describe('The AgentApproval; it is read again before the gate opens.'),
  approvalUid: z.string().max(64).describe('Its uid.'),
});
/** One approval that counts. @public */
export type GateVote = z.infer<typeof gateVoteSchema>;

/** @public */
export const gateStatusSchema = z.object({
  mode: gateModeSchema.describe(
    'The mode in force; policy may have made it stricter.',
  ),
  fourEyes: z.boolean(),
  approvals: approvalsSchema
    .optional()
    .describe(
      'How many people have to approve, each counted once; policy may have demanded more. Absent: 1.',
    ),
  groups: groupNamesSchema(MOST_GATE_GROUPS)
    .optional()
    .describe(
      'Of each of these groups somebody must have approved; policy may have added some.',
    ),
  votes: z
    .array(gateVoteSchema)
    .max(LIMITS.gateVotes)
    .optional()
    .describe(
      'Approvals that count, oldest first. The gate opens once there are enough of them; a denial ends it.',
    ),
  nodeId: z.string().max(253).optional(),
  openedAt: z.iso.datetime().optional(),
  deadline: z.iso
    .datetime()
    .optional()
    .describe(
      'When it is denied for want of a decision; an extension moves it.',
    ),
  extensions: z
    .array(gateExtensionSchema)
    .max(LIMITS.gateExtensions)
    .optional()
    .describe(
      'Each time that a person left more time to decide, oldest first.',
    ),
  evidence: sha256Schema
    .optional()
    .describe(
      'sha256 of the JSON array of [name, sha256], sorted by name, of every artifact that was there when the gate opened.',
    ),
  decision: gateDecisionSchema.optional(),
  decidedBy: atMost(z.string(), 256).optional(),
  decidedAt: z.iso.datetime().optional(),
  comment: atMost(z.string(), LIMITS.comment).optional(),
  via: gateViaSchema.optional(),
  approvalName: z
    .string()
    .max(253)
    .optional()
    .describe('The AgentApproval that decided; it is read again before use.'),
  approvalUid: z.string().max(64).optional(),
});
/** @public */
export type GateStatus = z.infer<typeof gateStatusSchema>;
