import { z } from 'zod';
import { agentWorkloadStatusSchema } from './agent-workload-status';
import { durationSchema, ttlSchema } from './duration';
import { evidenceFromSchema } from './evidence-from';
import { approvalsSchema, gateModeSchema, groupNamesSchema } from './gate';
import { API_VERSION } from './group';
import { LIMITS } from './limits';
import {
  DNS_LABEL_PATTERN,
  DNS_SUBDOMAIN_PATTERN,
  objectMetaSchema,
} from './meta';
import { atMost } from './text';

export const DEFAULT_TIMEOUTS = {
  execution: '2h',
  suspendGate: '30m',
  noProgress: '5m',
} as const;

/** A quarter of a year: long enough for whoever asks what last quarter's report said. */
export const DEFAULT_TTL = '90d';

/**
 * http or https, a host, no credentials before it. The CRD and the form use the same pattern, without `\s`: that is ASCII to the API
 * server, and to a browser many more.
 */
export const TARGET_URL_PATTERN =
  '^https?://[^/?#@\\\\\\t\\n\\v\\f\\r ]+([/?#][^\\t\\n\\v\\f\\r ]*)?$';

export const targetUrlSchema = atMost(
  z
    .string()
    .min(8)
    .regex(
      new RegExp(TARGET_URL_PATTERN),
      'must be an http or https URL with a host and without credentials',
    ),
  LIMITS.targetUrl,
).describe('A public page to visit: http or https, no credentials.');

/** Argo expands `{{…}}` wherever a Workflow has text, in the name of a parameter too. */
export const PARAMETER_NAME_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]*$';

/** What may be visited beyond the targets; absent is `none`. @public */
export const FOLLOW = ['none', 'pricing'] as const;
/** Whether the pricing pages that a target links are visited, too. @public */
export type Follow = (typeof FOLLOW)[number];

/** @public */
export const agentWorkloadSpecSchema = z
  .object({
    objective: atMost(z.string().min(1), LIMITS.objective).describe(
      'What the report is for, in the words of the person who asks.',
    ),
    targetUrls: z
      .array(targetUrlSchema)
      .min(1)
      .max(LIMITS.targetUrls)
      .meta({ 'x-kubernetes-list-type': 'atomic' })
      .describe('The pages to visit; 64 KiB of UTF-8 in all.'),
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
        username: atMost(z.string().min(1), 256).describe(
          'The Kubernetes user name of the person who asks.',
        ),
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
        approvals: approvalsSchema
          .optional()
          .describe(
            'How many people have to approve, each counted once; one denial is enough. Absent: 1.',
          ),
        groups: groupNamesSchema(LIMITS.gateGroups)
          .optional()
          .describe(
            'Of each of these groups somebody must be among those who approve. One person counts for each of the own groups that the approval names.',
          ),
      })
      .default({ mode: 'human', fourEyes: false }),
    timeouts: z
      .object({
        execution: durationSchema
          .default(DEFAULT_TIMEOUTS.execution)
          .describe(
            'How long the run may work. The time at its gate does not count.',
          ),
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
        atMost(z.string(), LIMITS.parameterValue),
      )
      .meta({ maxProperties: LIMITS.parameters })
      .default({})
      .describe(
        'Further Workflow parameters, passed as they are. Never a secret: anyone who may read Workflows sees them.',
      ),
    baselineRef: z
      .object({
        name: z
          .string()
          .min(1)
          .max(LIMITS.name)
          .regex(new RegExp(DNS_SUBDOMAIN_PATTERN))
          .describe('Name of that AgentWorkload.'),
      })
      .optional()
      .describe(
        'A Completed run of the same namespace to compare with; who asks must be allowed to get it. Absent: the operator chooses. Where it can not be compared with, the run says why and compares nothing.',
      ),
    evidenceFrom: evidenceFromSchema
      .optional()
      .describe(
        'A run of the same namespace that timed out at its gate: its saved pages are used again, and none is visited. targetUrls and follow must be those of that run; who asks must be allowed to get it.',
      ),
    ttlAfterFinished: ttlSchema
      .default(DEFAULT_TTL)
      .describe(
        'How long the run is kept once it has ended: whole days or hours, such as 90d or 12h. Then it is deleted, with its Workflow and approvals; objects in storage stay. Policy start bounds it; a run that it never judged is kept 90d.',
      ),
    cancelledBy: z
      .object({
        username: atMost(z.string().min(1), 256).describe(
          'The Kubernetes user name of who cancels.',
        ),
        reason: atMost(z.string().min(1), LIMITS.cancelReason)
          .optional()
          .describe('Why, for people.'),
      })
      .optional()
      .describe(
        'Who cancels, and why. It comes with cancel: true and never changes; admission accepts only the name of the caller.',
      ),
    cancel: z
      .boolean()
      .default(false)
      .describe('Set to true to stop the run; it cannot be set back.'),
  })
  .describe(
    'What is asked for. It never changes, except cancel to true, and cancelledBy with it.',
  );
/** @public */
export type AgentWorkloadSpec = z.infer<typeof agentWorkloadSpecSchema>;
/** The spec as a person writes it: defaults may be left out. @public */
export type AgentWorkloadSpecInput = z.input<typeof agentWorkloadSpecSchema>;

/** @public */
export const agentWorkloadSchema = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('AgentWorkload'),
  metadata: objectMetaSchema,
  spec: agentWorkloadSpecSchema,
  status: agentWorkloadStatusSchema.optional(),
});
/** @public */
export type AgentWorkload = z.infer<typeof agentWorkloadSchema>;
