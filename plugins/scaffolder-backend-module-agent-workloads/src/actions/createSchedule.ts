import { setTimeout as sleep } from 'node:timers/promises';
import { DNS_LABEL_PATTERN, SCHEDULE_LIMITS } from '@agentworkloads/api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { threeTimesSoon } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  startSchedule,
  type StartOutcome,
  type StartRunServices,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { examples } from './createSchedule.examples';
import { firstRefusal } from './firstWord';
import { inWords } from './inWords';
import { keyOfStep, runInput, specOf, type Zod } from './runInput';

const SENTENCES: Record<
  StartOutcome,
  (name: string, namespace: string) => string
> = {
  checked: (name, namespace) =>
    `The cluster would accept the schedule ${namespace}/${name}`,
  created: (name, namespace) => `Made the schedule ${namespace}/${name}`,
  existed: (name, namespace) =>
    `The schedule ${namespace}/${name} is there already, with the same input`,
};

/** Of `spec.runNow`: 64 characters at most. */
const TOKEN_LENGTH = 32;

/** When it runs, and what it is called. */
const scheduleInput = {
  schedule: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        'Five fields, such as 0 7 * * 1, or @hourly, @daily, @weekly, @monthly, @yearly',
      ),
  timeZone: (z: Zod) =>
    z.string().optional().describe('Such as Europe/Berlin; default Etc/UTC'),
  soon: (z: Zod) =>
    z
      .boolean()
      .optional()
      .describe(
        'Instead of a schedule: three times, two minutes apart, from the next minute on. Policy must allow due times so near',
      ),
  runNow: (z: Zod) =>
    z.boolean().optional().describe('Also a first run, at once'),
  name: (z: Zod) =>
    z
      .string()
      .max(SCHEDULE_LIMITS.name)
      .regex(new RegExp(DNS_LABEL_PATTERN))
      .optional()
      .describe('Default: made from the first host and the task'),
};

/** @param wait between two looks at what the operator says of it */
export function createScheduleAction(
  services: StartRunServices,
  wait: (ms: number) => Promise<void> = sleep,
) {
  return createTemplateAction({
    id: 'agent-workloads:create-schedule',
    description:
      'Makes a schedule of runs of an agent workload, such as a competitor scrape each week, in the name of the person who runs the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...runInput,
        ...scheduleInput,
      },
      output: {
        scheduleUrl: z =>
          z.string().describe('Page of the schedule in the portal'),
        refusal: z =>
          z
            .string()
            .optional()
            .describe('Why it starts nothing, where the operator says so'),
        name: z => z.string(),
        namespace: z => z.string(),
        cluster: z => z.string(),
        entityRef: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const key = keyOfStep(ctx);
      const when = input.soon
        ? // The same minutes when the task goes on after a crash.
          await ctx.checkpoint({
            key: `soon.${key}`,
            fn: async () => threeTimesSoon(services.now()),
          })
        : { schedule: input.schedule, timeZone: input.timeZone || undefined };
      const { ref, spec, outcome } = await inWords(async () =>
        startSchedule(
          services,
          await ctx.getInitiatorCredentials(),
          {
            cluster: input.cluster,
            namespace: input.namespace,
            name: input.name || undefined,
            key,
            spec: {
              ...when,
              ...(input.runNow && { runNow: key.slice(0, TOKEN_LENGTH) }),
              workloadTemplate: { spec: specOf(input) },
            },
          },
          { dryRun: ctx.isDryRun, audit: { meta: { task: ctx.task.id } } },
        ),
      );
      const { cluster, namespace, name } = ref;
      ctx.logger.info(SENTENCES[outcome](name, namespace));
      const path = [cluster, namespace, name].map(encodeURIComponent);
      ctx.output('scheduleUrl', `/agent-workloads/schedules/${path.join('/')}`);
      ctx.output('name', name);
      ctx.output('namespace', namespace);
      ctx.output('cluster', cluster);
      const { entityRef } = spec.workloadTemplate.spec;
      if (entityRef) ctx.output('entityRef', entityRef);
      if (outcome === 'checked') return;
      const refusal = await firstRefusal(services.clusters, ref, wait);
      if (refusal) {
        ctx.logger.warn(`It starts nothing: ${refusal}`);
        ctx.output('refusal', refusal);
      }
    },
  });
}
