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

/** @public */
export const gateStatusSchema = z.object({
  mode: gateModeSchema.describe(
    'The mode in force; policy may have made it stricter.',
  ),
  fourEyes: z.boolean(),
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
