import { InputError } from '@backstage/errors';
import {
  AGENT_WORKLOAD_SCHEDULE,
  agentWorkloadScheduleSpecSchema,
  API_VERSION,
  readTimetable,
  SCHEDULE_LIMITS,
  specProblems,
} from '@agentworkloads/api';
import type { KubernetesObject } from '@agentworkloads/kube';
import type { z } from 'zod';
import type { ImpersonatedPerson } from './identity';
import { describeIssues, keyedName, withTemplate } from './newRun';

/** What a person may say of a schedule. In whose name it runs is never part of it: that is the caller. */
export const newScheduleSpecSchema = agentWorkloadScheduleSpecSchema.omit({
  requestedBy: true,
});
export type NewScheduleSpec = z.infer<typeof newScheduleSpecSchema>;

/**
 * The same reading of schedule and zone as the form's and the operator's, and the same rules for what is run.
 *
 * @param doing in the infinitive without "to", `make the schedule`
 * @throws InputError with a sentence for each thing that is wrong
 */
export function parseNewScheduleSpec(
  input: unknown,
  defaultTemplate: string,
  doing: string,
): NewScheduleSpec {
  const parsed = newScheduleSpecSchema.safeParse(
    withRunTemplate(input, defaultTemplate),
  );
  if (!parsed.success) {
    throw new InputError(`Can't ${doing}: ${describeIssues(parsed.error)}`);
  }
  const spec = parsed.data;
  const read = readTimetable(spec.schedule, spec.timeZone);
  const problems = [
    ...(read.kind === 'invalid' ? [read.problem] : []),
    ...specProblems({
      ...spec.workloadTemplate.spec,
      // Who asks is not known here, and is always there in the end.
      requestedBy: { username: 'somebody' },
      cancel: false,
    }),
  ];
  if (problems.length > 0) {
    throw new InputError(`Can't ${doing}: ${problems.join('; ')}.`);
  }
  return spec;
}

function withRunTemplate(input: unknown, defaultTemplate: string): unknown {
  const { workloadTemplate } = (input ?? {}) as {
    workloadTemplate?: { spec?: unknown };
  };
  if (typeof workloadTemplate !== 'object' || workloadTemplate === null) {
    return input;
  }
  return {
    ...(input as object),
    workloadTemplate: {
      ...workloadTemplate,
      spec: withTemplate(workloadTemplate.spec, defaultTemplate),
    },
  };
}

/** The same name for the same key: first host, and a digest of the key. */
export function keyedScheduleName(
  { workloadTemplate }: NewScheduleSpec,
  key: readonly string[],
): string {
  const { targetUrls } = workloadTemplate.spec;
  return keyedName(targetUrls, key, SCHEDULE_LIMITS.name);
}

export function scheduleManifest(options: {
  name: string;
  namespace: string;
  spec: NewScheduleSpec;
  person: ImpersonatedPerson;
}): KubernetesObject {
  const { name, namespace, spec, person } = options;
  return {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD_SCHEDULE.kind,
    metadata: { name, namespace },
    spec: { ...spec, requestedBy: requesterOf(person) },
  };
}

/** By these groups the operator asks, before each run, whether the person still may. */
export function requesterOf({ username, groups }: ImpersonatedPerson): {
  username: string;
  groups?: string[];
} {
  return groups.length > 0 ? { username, groups: [...groups] } : { username };
}
