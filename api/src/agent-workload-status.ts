import { z } from 'zod';
import {
  baselineSchema,
  changeCountsSchema,
  NO_COMPARISON_REASONS,
  unfitBaselineSchema,
} from './baseline';
import { sha256Schema } from './evidence';
import { evidenceRecordSchema } from './evidence-from';
import { gateStatusSchema } from './gate';
import { LIMITS } from './limits';
import { conditionSchema } from './meta';
import { PHASES } from './phases';
import { MOST_REASONS, saidReasonsSchema } from './policy-reasons';

export const stepPhaseSchema = z.enum([
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
  'Error',
  'Skipped',
  'Omitted',
]);
export type StepPhase = z.infer<typeof stepPhaseSchema>;

/** @public */
export const stepStatusSchema = z.object({
  name: z.string().max(63),
  /** Node id in the Workflow; for a retried step, that of its last attempt. */
  nodeId: z.string().max(253).optional(),
  phase: stepPhaseSchema,
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  message: z.string().max(1024).optional(),
  retries: z.int().min(0).default(0),
});
/** @public */
export type StepStatus = z.infer<typeof stepStatusSchema>;

/** @public */
export const artifactRefSchema = z.object({
  bucket: z.string().max(63),
  key: z.string().max(1024),
  size: z.int().min(0).optional(),
  sha256: z.string().max(64).optional(),
});
/** @public */
export type ArtifactRef = z.infer<typeof artifactRefSchema>;

/** Seconds: bounds for `spec.ttlAfterFinished`. */
export const keptBoundsSchema = z.object({
  atLeastSeconds: z
    .int()
    .min(0)
    .describe('The shortest time that it is kept, seconds.'),
  atMostSeconds: z
    .int()
    .min(0)
    .describe('The longest time that it is kept, seconds.'),
});

/** @public */
export const policyRecordSchema = z.object({
  decision: z.enum(['allow', 'hold', 'deny']),
  reasons: z.array(z.string().max(512)).max(MOST_REASONS),
  said: saidReasonsSchema
    .optional()
    .describe(
      'What each of the reasons is made of, in the same order: a code, empty where only the sentence is known, and values.',
    ),
  revision: z.string().max(128).optional(),
  egress: z
    .object({
      allow: z.array(z.string().max(300)).max(1000),
      deny: z.array(z.string().max(300)).max(1000),
    })
    .optional()
    .describe(
      'Of policy start: host patterns that each visit is held to, redirects and frames included.',
    ),
  kept: keptBoundsSchema
    .optional()
    .describe(
      'Of policy start: the shortest and the longest time that a run is kept once it has ended, seconds.',
    ),
  longestGateSeconds: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Of policy start: how long the gate may be open in all, extensions included, seconds.',
    ),
  templateDigests: z
    .array(sha256Schema)
    .max(LIMITS.templateDigests)
    .optional()
    .describe(
      'Of policy start: digests of templates that may be run although they take parts of others, and of those parts.',
    ),
});
/** @public */
export type PolicyRecord = z.infer<typeof policyRecordSchema>;

export const templateStatusSchema = z
  .object({
    name: z.string().max(63).describe('Its name, as spec has it.'),
    uid: z
      .string()
      .max(64)
      .optional()
      .describe('Its uid when it was read, before the Workflow was made.'),
    generation: z
      .int()
      .min(0)
      .optional()
      .describe('Its generation when it was read; an upgrade counts it up.'),
    form: z
      .int()
      .min(1)
      .optional()
      .describe(
        'Of the canonical form that these digests are made in; an operator that has another one pins the run anew.',
      ),
    sha256: sha256Schema
      .optional()
      .describe(
        'Of what decides what runs in the template, in canonical form, as it was read at the start: `npm run template-digest` prints it of a file.',
      ),
    expectedSha256: sha256Schema
      .optional()
      .describe(
        'Of the same together with the parameters of this run: what Argo must store.',
      ),
    storedSha256: sha256Schema
      .optional()
      .describe(
        'Of the whole spec that Argo stored when it took the Workflow; another value stops the run.',
      ),
  })
  .describe('The template that this run is held to, whatever becomes of it.');
export type TemplateStatus = z.infer<typeof templateStatusSchema>;

export const agentWorkloadStatusSchema = z
  .object({
    observedGeneration: z.int().min(0).optional(),
    phase: z
      .enum(PHASES)
      .optional()
      .describe('For people; logic reads conditions.'),
    conditions: z
      .array(conditionSchema)
      .max(32)
      .meta({
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['type'],
      })
      .optional(),
    workflowNames: z
      .array(z.string().max(63))
      .max(LIMITS.workflowNames)
      .optional()
      .describe(
        'Names for the Workflow, recorded before it is made; the last is tried, those before it were taken.',
      ),
    argoWorkflow: z
      .object({
        name: z.string().max(253),
        namespace: z.string().max(63),
        uid: z.string().max(64),
        startedAt: z.iso.datetime().optional(),
      })
      .optional(),
    template: templateStatusSchema.optional(),
    baseline: baselineSchema.optional(),
    unfitBaseline: unfitBaselineSchema.optional(),
    evidenceFrom: evidenceRecordSchema
      .optional()
      .describe(
        'The run whose saved pages this one uses; absent where it visited them itself.',
      ),
    argoPhase: z.string().max(32).optional(),
    steps: z.array(stepStatusSchema).max(64).optional(),
    gate: gateStatusSchema.optional(),
    policy: z
      .object({
        start: policyRecordSchema.optional(),
        gate: policyRecordSchema.optional(),
      })
      .optional(),
    workflowArtifacts: z
      .record(z.string().max(63), artifactRefSchema)
      .meta({ maxProperties: 32 })
      .optional()
      .describe('Where the artifacts are, by name.'),
    summary: z
      .object({
        pages: z.int().min(0).optional(),
        notObserved: z.int().min(0).optional(),
        facts: z.int().min(0).optional(),
        changes: z.int().min(0).optional(),
        compared: changeCountsSchema.optional(),
        notComparedReason: z.enum(NO_COMPARISON_REASONS).optional(),
        browserSandbox: z.enum(['on', 'off', 'unknown']).optional(),
      })
      .optional(),
    finishedAt: z.iso
      .datetime()
      .optional()
      .describe(
        'When the final phase was recorded; how long the run is kept counts from it.',
      ),
    progressHash: z.string().max(64).optional(),
    lastProgressTime: z.iso.datetime().optional(),
    message: z.string().max(4096).optional(),
  })
  .describe('Written by the operator alone.');
export type AgentWorkloadStatus = z.infer<typeof agentWorkloadStatusSchema>;
