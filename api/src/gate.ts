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

/** @public */
export const gateStatusSchema = z.object({
  mode: gateModeSchema.describe(
    'The mode in force; policy may have made it stricter.',
  ),
  fourEyes: z.boolean(),
  nodeId: z.string().max(253).optional(),
  openedAt: z.iso.datetime().optional(),
  deadline: z.iso.datetime().optional(),
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
