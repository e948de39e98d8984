import { createHash } from 'node:crypto';
import {
  DEFAULT_TIMEOUTS,
  DNS_LABEL_PATTERN,
  FOLLOW,
  LIMITS,
  type Follow,
} from '@agentworkloads/api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  startRun,
  type StartOutcome,
  type StartRunServices,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { examples } from './createAgentWorkload.examples';

const SENTENCES: Record<
  StartOutcome,
  (name: string, namespace: string) => string
> = {
  checked: (name, namespace) =>
    `The cluster would accept the run ${namespace}/${name}`,
  created: (name, namespace) => `Started the run ${namespace}/${name}`,
  existed: (name, namespace) =>
    `The run ${namespace}/${name} is there already, with the same input`,
};

interface RunInput {
  objective: string;
  targetUrls: string[];
  follow?: Follow;
  entityRef?: string;
  gateMode?: 'human' | 'policy';
  fourEyes?: boolean;
  timeouts?: { execution?: string; suspendGate?: string; noProgress?: string };
  workflowTemplate?: string;
}

/** A form leaves fields empty that nobody filled in; those are as if they were not there. */
function specOf(input: RunInput) {
  return {
    objective: input.objective,
    targetUrls: input.targetUrls,
    ...(input.follow === 'pricing' && { follow: input.follow }),
    entityRef: input.entityRef || undefined,
    gate: { mode: input.gateMode, fourEyes: input.fourEyes },
    timeouts: { ...DEFAULT_TIMEOUTS, ...withoutEmpty(input.timeouts) },
    ...(input.workflowTemplate
      ? { workflowTemplateRef: { name: input.workflowTemplate } }
      : {}),
  };
}

/** `each` of a step may be long, and a key is short. */
const keyOf = (parts: readonly string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

function withoutEmpty(
  fields: Record<string, string | undefined> = {},
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => Boolean(value)),
  );
}

export function createAgentWorkloadAction(services: StartRunServices) {
  return createTemplateAction({
    id: 'agent-workloads:create',
    description:
      'Starts a run of an agent workload, such as a competitor scrape, in the name of the person who runs the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        objective: z => z.string().describe('What the report is for'),
        targetUrls: z =>
          z.array(z.string()).describe('Pages to visit: http or https'),
        follow: z =>
          z
            .enum(FOLLOW)
            .optional()
            .describe(
              'pricing: where a page shows no price, the pricing page that it links is visited as well',
            ),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe('Catalog entity that the report belongs to'),
        gateMode: z =>
          z
            .enum(['human', 'policy'])
            .optional()
            .describe('Who may pass the gate; default human'),
        fourEyes: z =>
          z
            .boolean()
            .optional()
            .describe('Somebody other than the requester must decide'),
        timeouts: z =>
          z
            .object({
              execution: z.string().optional(),
              suspendGate: z.string().optional(),
              noProgress: z.string().optional(),
            })
            .optional()
            .describe('Durations such as 90s, 30m or 2h'),
        workflowTemplate: z =>
          z.string().optional().describe('WorkflowTemplate to run'),
        name: z =>
          z
            .string()
            .max(LIMITS.name)
            .regex(new RegExp(DNS_LABEL_PATTERN))
            .optional()
            .describe('Default: made from the first host and the task'),
        cluster: z => z.string().optional().describe('Default: the first one'),
        namespace: z => z.string().optional(),
      },
      output: {
        runUrl: z => z.string().describe('Page of the run in the portal'),
        name: z => z.string(),
        namespace: z => z.string(),
        cluster: z => z.string(),
        entityRef: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const { ref, spec, outcome } = await startRun(
        services,
        await ctx.getInitiatorCredentials(),
        {
          cluster: input.cluster,
          namespace: input.namespace,
          name: input.name || undefined,
          // The same step of the same task is the same run, also when the task goes on after a crash.
          key: keyOf([
            ctx.task.id,
            ctx.step?.id ?? '',
            JSON.stringify(ctx.each ?? null),
          ]),
          spec: specOf(input),
        },
        { dryRun: ctx.isDryRun, audit: { meta: { task: ctx.task.id } } },
      );
      const { cluster, namespace, name } = ref;
      ctx.logger.info(SENTENCES[outcome](name, namespace));
      const path = [cluster, namespace, name].map(encodeURIComponent);
      ctx.output('runUrl', `/agent-workloads/runs/${path.join('/')}`);
      ctx.output('name', name);
      ctx.output('namespace', namespace);
      ctx.output('cluster', cluster);
      if (spec.entityRef) {
        ctx.output('entityRef', spec.entityRef);
      }
    },
  });
}
