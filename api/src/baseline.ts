import { z } from 'zod';
import { changeSchema, notComparedSchema } from './change';
import { sha256Schema } from './evidence';

/** An artifact of the earlier run, held to its bytes. */
export const provenRefSchema = z.object({
  bucket: z.string().max(63),
  key: z.string().max(1024),
  sha256: sha256Schema,
});

/**
 * The earlier run that this one is compared with: chosen by the operator, recorded before the Workflow is made, and passed on as the
 * parameter `baseline` (JSON), so that a retry compares with the same one.
 */
export const baselineSchema = z.object({
  /** The AgentWorkload, in the same namespace. */
  name: z.string().max(253),
  workflowUid: z.string().max(64),
  /** When it was completed. */
  completedAt: z.iso.datetime(),
  /** When its pages were seen, which may be long before; absent where an operator of before chose it. */
  seenAt: z.iso.datetime().optional(),
  artifacts: z.object({ manifest: provenRefSchema, facts: provenRefSchema }),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** Since when a change may have been made, RFC 3339: when the earlier run saw the pages, not when somebody approved it. */
export const comparedSince = ({
  seenAt,
  completedAt,
}: Pick<Baseline, 'seenAt' | 'completedAt'>): string => seenAt ?? completedAt;

/**
 * Said in place of a baseline where the run that `spec.baselineRef` names can't be one: recorded and passed on as {@link baselineSchema}
 * is.
 */
export const unfitBaselineSchema = z.object({
  name: z.string().max(253),
  /** Why, one sentence for people. */
  unfit: z.string().min(1).max(300),
});
export type UnfitBaseline = z.infer<typeof unfitBaselineSchema>;

/**
 * Why nothing at all was compared. `FIRST_RUN`: there was no earlier run; `BASELINE_GONE`, `BASELINE_CHANGED`: what it saved is no longer
 * in object storage, or is not what it saved; `BASELINE_UNFIT`: the run that was named can't be compared with; `NOT_ASKED`: this run does not
 * compare.
 */
export const NO_COMPARISON_REASONS = [
  'FIRST_RUN',
  'BASELINE_GONE',
  'BASELINE_CHANGED',
  'BASELINE_UNFIT',
  'NOT_ASKED',
] as const;
export type NoComparisonReason = (typeof NO_COMPARISON_REASONS)[number];

/** With which run was compared, or why with none. */
export const comparedWithSchema = z.object({
  baseline: baselineSchema.optional(),
  /** Absent where pages were compared. */
  reason: z.enum(NO_COMPARISON_REASONS).optional(),
  /** One sentence for people, no secrets. */
  detail: z.string().max(500).optional(),
  /** What that run knew of values over time is gone or altered; `detail` says which. Absent where it is not so. */
  valuesLost: z.boolean().optional(),
  /** Pages that the earlier run did not see for sure: held against the last run before it that did. Absent where there is none. */
  lastObserved: z
    .array(
      z.object({
        /** As the later run has it. */
        url: z.string(),
        workflowUid: z.string(),
        /** When the page was visited. */
        at: z.iso.datetime(),
      }),
    )
    .optional(),
});
export type ComparedWith = z.infer<typeof comparedWithSchema>;

/** Artifact `changes` of dom. @public */
export const changesFileSchema = z.object({
  schemaVersion: z.literal(1),
  workflowUid: z.string(),
  comparedWith: comparedWithSchema,
  changes: z.array(changeSchema),
  /** What differs and is no change of what is offered. */
  noted: z.array(changeSchema),
  notCompared: z.array(notComparedSchema),
});
/** @public */
export type ChangesFile = z.infer<typeof changesFileSchema>;

/**
 * Changes by kind, as status and policy see them. `terms` are those of a price; `other` are texts, features and offers. A promotion
 * counts as `other`.
 */
export const changeCountsSchema = z.object({
  price: z.int().min(0),
  plan: z.int().min(0),
  terms: z.int().min(0),
  other: z.int().min(0),
  /** Pages, or parts of pages. */
  notCompared: z.int().min(0),
  /** Of these, pages of which two looks disagree; absent in steps of before. */
  unstable: z.int().min(0).optional(),
});
export type ChangeCounts = z.infer<typeof changeCountsSchema>;
