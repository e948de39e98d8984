import { DNS_LABEL_PATTERN, LIMITS } from '@agentworkloads/api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  startRun,
  type StartOutcome,
  type StartRunServices,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { examples } from './createAgentWorkload.examples';
import { inWords } from './inWords';
import { keyOfStep, runInput, specOf } from './runInput';

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

export function createAgentWorkloadAction(services: StartRunServices) {
  return createTemplateAction({
    id: 'agent-workloads:create',
    description:
      'Starts a run of an agent workload, such as a competitor scrape, in the name of the person who runs the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...runInput,
        name: z =>
          z
            .string()
            .max(LIMITS.name)
            .regex(new RegExp(DNS_LABEL_PATTERN))
            .optional()
            .describe('Default: made from the first host and the task'),
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
      const { ref, spec, outcome } = await inWords(async () =>
        startRun(
          services,
          await ctx.getInitiatorCredentials(),
          {
            cluster: input.cluster,
            namespace: input.namespace,
            name: input.name || undefined,
            key: keyOfStep(ctx),
            spec: specOf(input),
          },
          { dryRun: ctx.isDryRun, audit: { meta: { task: ctx.task.id } } },
        ),
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
