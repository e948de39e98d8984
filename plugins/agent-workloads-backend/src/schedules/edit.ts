import {
  agentWorkloadScheduleSpecSchema,
  agentWorkloadSpecSchema,
  type AgentWorkloadSchedule,
} from '@agentworkloads/api';
import {
  type Cluster,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  describeIssues,
  parseNewScheduleSpec,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ScheduleFacts } from './entry';
import { assertSame, uidSchema } from './looked';
import { inOwnName, patchOnLatest } from './onLatest';

const DOING = 'change the schedule';

const { shape } = agentWorkloadScheduleSpecSchema;
const kept = shape.history.unwrap().shape;
const run = agentWorkloadSpecSchema.shape;

const requestSchema = z.strictObject({
  uid: uidSchema,
  /** Of the spec that was on the screen. */
  generation: z.int().min(1),
  /** Said yes to that its runs go on in one's own name. */
  takeOver: z.boolean().default(false),
  spec: z
    .strictObject({
      schedule: shape.schedule,
      timeZone: shape.timeZone.unwrap(),
      concurrencyPolicy: shape.concurrencyPolicy.unwrap(),
      startingDeadline: shape.startingDeadline.unwrap(),
      // Without defaults: what is not named stays.
      history: z
        .strictObject({
          completed: kept.completed.unwrap(),
          other: kept.other.unwrap(),
          minAge: kept.minAge.unwrap(),
        })
        .partial(),
      objective: run.objective,
      targetUrls: run.targetUrls,
    })
    .partial(),
});
export type ScheduleEdit = z.infer<typeof requestSchema>;

/** @throws InputError that names what is wrong */
export function parseEdit(body: unknown): ScheduleEdit {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    throw new InputError(`Can't ${DOING}: ${describeIssues(parsed.error)}`);
  }
  return parsed.data;
}

/** What `spec` would be; who asks is left as it is. */
function merged(
  { spec }: AgentWorkloadSchedule,
  { objective, targetUrls, history, ...when }: ScheduleEdit['spec'],
) {
  const { requestedBy: _, ...rest } = spec;
  const { workloadTemplate } = rest;
  return {
    ...rest,
    ...when,
    history: { ...spec.history, ...history },
    workloadTemplate: {
      ...workloadTemplate,
      spec: {
        ...workloadTemplate.spec,
        ...(objective === undefined ? {} : { objective }),
        ...(targetUrls === undefined ? {} : { targetUrls }),
      },
    },
  };
}

/** Admission takes these in the own name only: docs/schedules.md, "In whose name". */
function changesWhatRuns(
  before: AgentWorkloadSchedule['spec'],
  after: ReturnType<typeof merged>,
): boolean {
  const parts = ({
    concurrencyPolicy,
    workloadTemplate,
  }: Pick<typeof after, 'concurrencyPolicy' | 'workloadTemplate'>) =>
    JSON.stringify([concurrencyPolicy, workloadTemplate]);
  return parts(before) !== parts(after);
}

/**
 * What is to be written, judged by the schedule as it is in the cluster now.
 * @throws ConflictError when it is not what the person looked at, or would be taken over without a yes
 */
function judge(
  live: AgentWorkloadSchedule,
  seen: ScheduleFacts,
  edit: ScheduleEdit,
  person: ImpersonatedPerson,
): Record<string, unknown> {
  const { metadata, spec } = live;
  assertSame(seen, metadata.uid);
  if (metadata.generation !== edit.generation) {
    throw refusal(ConflictError, 'scheduleChanged', { name: seen.name });
  }
  const after = merged(live, edit.spec);
  parseNewScheduleSpec(after, '', DOING);
  const takes = changesWhatRuns(spec, after);
  const owner = spec.requestedBy?.username;
  if (takes && owner !== person.username && !edit.takeOver) {
    throw owner === undefined
      ? refusal(ConflictError, 'scheduleEditTakesOverFromNobody', {
          name: seen.name,
        })
      : refusal(ConflictError, 'scheduleEditTakesOver', {
          name: seen.name,
          owner,
        });
  }
  const { objective: _, targetUrls: __, ...when } = edit.spec;
  return {
    metadata: { uid: metadata.uid, resourceVersion: metadata.resourceVersion },
    spec: {
      ...when,
      ...(takes && {
        workloadTemplate: {
          spec: {
            objective: after.workloadTemplate.spec.objective,
            targetUrls: after.workloadTemplate.spec.targetUrls,
          },
        },
        requestedBy: inOwnName(person),
      }),
    },
  };
}

/**
 * Changes when a schedule runs and what it asks.
 *
 * @returns the schedule as it is afterwards; `before` is in whose name it was
 * @throws an error of `@backstage/errors` with the API server's own reason
 */
export function changeSchedule(
  cluster: Cluster,
  seen: ScheduleFacts,
  edit: ScheduleEdit,
  person: ImpersonatedPerson,
) {
  return patchOnLatest(cluster, seen, person, DOING, live =>
    judge(live, seen, edit, person),
  );
}
