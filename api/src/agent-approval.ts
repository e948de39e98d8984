import { z } from 'zod';
import { approvalDecisionSchema, groupNamesSchema } from './gate';
import { LIMITS } from './limits';
import { sha256Schema } from './evidence';
import { API_VERSION } from './group';
import { conditionSchema, objectMetaSchema } from './meta';
import { atMost } from './text';

/** @public */
export const agentApprovalSpecSchema = z
  .object({
    workloadRef: z.object({
      name: z.string().min(1).max(253),
      uid: z.string().min(1).max(64),
    }),
    gate: z
      .object({
        workflowUid: z.string().min(1).max(64),
        nodeId: z.string().min(1).max(253),
      })
      .describe(
        'The gate that was looked at: status.argoWorkflow.uid and status.gate.nodeId.',
      ),
    decision: approvalDecisionSchema.describe(
      'approve and deny decide. extend leaves more time: until extendTo.',
    ),
    extendTo: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        'To extend: until when the gate may wait, RFC 3339, later than now and at most as long after its opening as policy allows a gate.',
      ),
    comment: atMost(z.string(), LIMITS.comment)
      .default('')
      .describe('Why. Required to deny.'),
    evidence: sha256Schema
      .optional()
      .describe(
        'What was on screen: status.gate.evidence. Required to approve.',
      ),
    approver: z
      .object({
        username: atMost(z.string().min(1), 256),
        groups: groupNamesSchema(LIMITS.approverGroups)
          .optional()
          .describe(
            'Own groups that this approval counts for, of those in status.gate.groups. Absent: it counts for no group.',
          ),
      })
      .describe(
        'Who decides. Admission accepts only the name and the groups of the caller.',
      ),
  })
  .describe('One decision of one person about one gate. It never changes.');
/** @public */
export type AgentApprovalSpec = z.infer<typeof agentApprovalSpecSchema>;

export const agentApprovalStatusSchema = z
  .object({
    conditions: z
      .array(conditionSchema)
      .max(8)
      .meta({
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['type'],
      })
      .optional(),
  })
  .describe('Written by the operator alone: whether it used this approval.');
export type AgentApprovalStatus = z.infer<typeof agentApprovalStatusSchema>;

/** @public */
export const agentApprovalSchema = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('AgentApproval'),
  metadata: objectMetaSchema,
  spec: agentApprovalSpecSchema,
  status: agentApprovalStatusSchema.optional(),
});
/** @public */
export type AgentApproval = z.infer<typeof agentApprovalSchema>;
