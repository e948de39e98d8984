import { z } from 'zod';
import { provenRefSchema } from './baseline';
import { LIMITS } from './limits';
import { DNS_SUBDOMAIN_PATTERN } from './meta';

/**
 * `spec.evidenceFrom`: the run whose saved pages a new one uses, in place of a visit. The uid is of its Workflow: a run that was made
 * again under the same name is another one.
 */
export const evidenceFromSchema = z.object({
  name: z
    .string()
    .min(1)
    .max(LIMITS.name)
    .regex(new RegExp(DNS_SUBDOMAIN_PATTERN))
    .describe('Name of that AgentWorkload.'),
  workflowUid: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .max(64)
    .describe('uid of its Workflow: status.argoWorkflow.uid.'),
});
export type EvidenceFrom = z.infer<typeof evidenceFromSchema>;

/**
 * What the operator found of that run: recorded before the Workflow is made, and passed on as the parameter `evidence_from` (JSON), so
 * that a retry copies the same bytes.
 */
export const evidenceRecordSchema = z.object({
  name: z.string().max(253).describe('The AgentWorkload of that run.'),
  workflowUid: z.string().max(64).describe('uid of its Workflow.'),
  seenAt: z.iso
    .datetime()
    .describe('When the pages were visited, at the earliest.'),
  seenIn: z
    .string()
    .max(253)
    .describe(
      'The run that visited them: the same one, unless that was opened again itself.',
    ),
  seenInWorkflow: z
    .string()
    .max(64)
    .describe(
      'uid of its Workflow: the pages stand at one gate at a time, through however many runs.',
    ),
  artifacts: z
    .object({ manifest: provenRefSchema })
    .describe('What it saved, held to its bytes.'),
});
export type EvidenceRecord = z.infer<typeof evidenceRecordSchema>;

/** In a manifest and in a report: the pages were not visited by this run. @public */
export const reusedSchema = z.object({
  /** The AgentWorkload whose run visited them, in the same namespace. */
  run: z.string().max(253),
  seenAt: z.iso.datetime(),
});
/** Which run visited the pages, and when. @public */
export type Reused = z.infer<typeof reusedSchema>;

/** What is told of the record: by manifest, report, lists and search alike. */
export const reusedOf = ({
  seenIn: run,
  seenAt,
}: Pick<EvidenceRecord, 'seenIn' | 'seenAt'>): Reused => ({ run, seenAt });

const OUT_OF_TIME: readonly (string | undefined)[] = ['timeout', 'deadline'];

/**
 * Whether a run may be opened again: its gate was open, nobody decided while there was time, and what there was to decide on is on record.
 * @public
 */
export function ranOutOfTime(
  status:
    | {
        phase?: string;
        argoWorkflow?: object;
        gate?: { evidence?: string; via?: string };
      }
    | undefined,
): boolean {
  const { phase, argoWorkflow, gate } = status ?? {};
  return (
    phase === 'TimedOut' &&
    argoWorkflow !== undefined &&
    gate?.evidence !== undefined &&
    OUT_OF_TIME.includes(gate.via)
  );
}
