import { z } from 'zod';
import {
  baselineSchema,
  changeCountsSchema,
  NO_COMPARISON_REASONS,
} from './baseline';
import { durationSchema, ttlSchema } from './duration';
import { sha256Schema } from './evidence';
import { API_VERSION } from './group';
import { conditionSchema, DNS_LABEL_PATTERN, objectMetaSchema } from './meta';
import { PHASES } from './phases';

/** Bounds of the spec; the form, the CRD and the policy tests use the same numbers. */
export const LIMITS = {
  objective: 2000,
  targetUrls: 500,
  /** UTF-16 units of one URL. */
  targetUrl: 2048,
  /** Units of all URLs together: one environment variable holds 128 KiB at most. */
  targetUrlsTotal: 64 * 1024,
  parameters: 32,
  parameterName: 63,
  parameterValue: 1024,
  /** The Workflow and its pods derive their names from this one. */
  name: 52,
  comment: 2000,
  /** Names that are tried for a Workflow before NameCollision. */
  workflowNames: 3,
  /** Digests of templates with `templateRef`, and of what they refer to. */
  templateDigests: 100,
  /** UTF-8 bytes of the `summary` output parameter that policy `gate` sees. */
  summaryBytes: 4096,
} as const;

export const DEFAULT_TIMEOUTS = {
  execution: '2h',
  suspendGate: '30m',
  noProgress: '5m',
} as const;

/** A quarter of a year: long enough for whoever asks what last quarter's report said. */
export const DEFAULT_TTL = '90d';

/** http or https, a host, no credentials before it. CEL and the form use the same pattern. */
export const TARGET_URL_PATTERN = '^https?://[^/?#@\\\\\\s]+([/?#]\\S*)?$';

export const targetUrlSchema = z
  .string()
  .min(8)
  .max(LIMITS.targetUrl)
  .regex(
    new RegExp(TARGET_URL_PATTERN),
    'must be an http or https URL with a host and without credentials',
  )
  .describe('A public page to visit: http or https, no credentials.');

/** Argo expands `{{…}}` wherever a Workflow has text, in the name of a parameter too. */
export const PARAMETER_NAME_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]*$';

/** What may be visited beyond the targets; absent is `none`. */
export const FOLLOW = ['none', 'pricing'] as const;
export type Follow = (typeof FOLLOW)[number];

export const gateModeSchema = z.enum(['policy', 'human']);
export type GateMode = z.infer<typeof gateModeSchema>;

export const agentWorkloadSpecSchema = z
  .object({
    objective: z
      .string()
      .min(1)
      .max(LIMITS.objective)
      .describe('What the report is for, in the words of the person who asks.'),
    targetUrls: z
      .array(targetUrlSchema)
      .min(1)
      .max(LIMITS.targetUrls)
      .meta({ 'x-kubernetes-list-type': 'atomic' })
      .describe('The pages to visit; 64 KiB in all.'),
    follow: z
      .enum(FOLLOW)
      .optional()
      .describe(
        'Pages beyond the targets. pricing: where a page shows no price and links its pricing page of the same site, that one is visited as well, at most one a site. Absent: none.',
      ),
    entityRef: z
      .string()
      .max(200)
      .regex(
        /^[A-Za-z0-9]+:[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/,
        'must be a reference such as component:default/tidepool',
      )
      .optional()
      .describe(
        'The catalog entity that the report belongs to: kind:namespace/name.',
      ),
    requestedBy: z
      .object({
        username: z
          .string()
          .min(1)
          .max(256)
          .describe('The Kubernetes user name of the person who asks.'),
      })
      .optional()
      .describe(
        'Who asks. Admission accepts only the name of the caller; four eyes compare with it.',
      ),
    workflowTemplateRef: z
      .object({
        name: z.string().min(1).max(63).regex(new RegExp(DNS_LABEL_PATTERN)),
        clusterScope: z.boolean().default(false),
      })
      .default({ name: 'competitor-scrape', clusterScope: false })
      .describe(
        'The WorkflowTemplate to run; policy start says which are allowed.',
      ),
    gate: z
      .object({
        mode: gateModeSchema
          .default('human')
          .describe(
            'human: a person decides, always. policy: policy gate may let it pass.',
          ),
        fourEyes: z
          .boolean()
          .default(false)
          .describe('The person who decides must not be the one who asked.'),
      })
      .default({ mode: 'human', fourEyes: false }),
    timeouts: z
      .object({
        execution: durationSchema
          .default(DEFAULT_TIMEOUTS.execution)
          .describe('The whole run, the gate included.'),
        suspendGate: durationSchema
          .default(DEFAULT_TIMEOUTS.suspendGate)
          .describe(
            'How long the gate waits before it is denied; at least 10s.',
          ),
        noProgress: durationSchema
          .default(DEFAULT_TIMEOUTS.noProgress)
          .describe('How long nothing may move while nothing runs.'),
      })
      .default({ ...DEFAULT_TIMEOUTS }),
    parameters: z
      .record(
        z
          .string()
          .max(LIMITS.parameterName)
          .regex(
            new RegExp(PARAMETER_NAME_PATTERN),
            'must be letters, digits, _ and -, beginning with a letter or digit',
          ),
        z.string().max(LIMITS.parameterValue),
      )
      .meta({ maxProperties: LIMITS.parameters })
      .default({})
      .describe(
        'Further Workflow parameters, passed as they are. Never a secret: anyone who may read Workflows sees them.',
      ),
    ttlAfterFinished: ttlSchema
      .default(DEFAULT_TTL)
      .describe(
        'How long the run is kept once it has ended: whole days or hours, such as 90d or 12h. Then it is deleted, with its Workflow and approvals; objects in storage stay. Policy start bounds it; a run that it never judged is kept 90d.',
      ),
    cancel: z
      .boolean()
      .default(false)
      .describe('Set to true to stop the run; it cannot be set back.'),
  })
  .describe('What is asked for. It never changes, except cancel to true.');
export type AgentWorkloadSpec = z.infer<typeof agentWorkloadSpecSchema>;
/** The spec as a person writes it: defaults may be left out. */
export type AgentWorkloadSpecInput = z.input<typeof agentWorkloadSpecSchema>;

const time = () => z.iso.datetime();

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

export const stepStatusSchema = z.object({
  name: z.string().max(63),
  /** Node id in the Workflow; for a retried step, that of its last attempt. */
  nodeId: z.string().max(253).optional(),
  phase: stepPhaseSchema,
  startedAt: time().optional(),
  finishedAt: time().optional(),
  message: z.string().max(1024).optional(),
  retries: z.int().min(0).default(0),
});
export type StepStatus = z.infer<typeof stepStatusSchema>;

export const artifactRefSchema = z.object({
  bucket: z.string().max(63),
  key: z.string().max(1024),
  size: z.int().min(0).optional(),
  sha256: z.string().max(64).optional(),
});
export type ArtifactRef = z.infer<typeof artifactRefSchema>;

export const gateDecisionSchema = z.enum(['approve', 'deny']);
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

export const gateStatusSchema = z.object({
  mode: gateModeSchema.describe(
    'The mode in force; policy may have made it stricter.',
  ),
  fourEyes: z.boolean(),
  nodeId: z.string().max(253).optional(),
  openedAt: time().optional(),
  deadline: time().optional(),
  evidence: sha256Schema
    .optional()
    .describe(
      'sha256 of the JSON array of [name, sha256], sorted by name, of every artifact that was there when the gate opened.',
    ),
  decision: gateDecisionSchema.optional(),
  decidedBy: z.string().max(256).optional(),
  decidedAt: time().optional(),
  comment: z.string().max(LIMITS.comment).optional(),
  via: gateViaSchema.optional(),
  approvalName: z
    .string()
    .max(253)
    .optional()
    .describe('The AgentApproval that decided; it is read again before use.'),
  approvalUid: z.string().max(64).optional(),
});
export type GateStatus = z.infer<typeof gateStatusSchema>;

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

export const policyRecordSchema = z.object({
  decision: z.enum(['allow', 'hold', 'deny']),
  reasons: z.array(z.string().max(512)).max(20),
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
  templateDigests: z
    .array(sha256Schema)
    .max(LIMITS.templateDigests)
    .optional()
    .describe(
      'Of policy start: digests of templates that may be run although they take parts of others, and of those parts.',
    ),
});
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
        startedAt: time().optional(),
      })
      .optional(),
    template: templateStatusSchema.optional(),
    baseline: baselineSchema.optional(),
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
    finishedAt: time()
      .optional()
      .describe(
        'When the final phase was recorded; how long the run is kept counts from it.',
      ),
    progressHash: z.string().max(64).optional(),
    lastProgressTime: time().optional(),
    message: z.string().max(4096).optional(),
  })
  .describe('Written by the operator alone.');
export type AgentWorkloadStatus = z.infer<typeof agentWorkloadStatusSchema>;

export const agentWorkloadSchema = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('AgentWorkload'),
  metadata: objectMetaSchema,
  spec: agentWorkloadSpecSchema,
  status: agentWorkloadStatusSchema.optional(),
});
export type AgentWorkload = z.infer<typeof agentWorkloadSchema>;
