import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  agentWorkloadScheduleSpecSchema,
  SCHEDULE_LIMITS,
} from '@agentworkloads/api';
import {
  scheduleCreatePermission,
  workloadCreatePermission,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { InputError } from '@backstage/errors';
import { audited } from './audited';
import type { Cluster } from './clusters';
import type { ImpersonatedPerson } from './identity';
import {
  makeOnce,
  newObjectRequestSchema,
  type StartOutcome,
} from './makeOnce';
import { assertCreateNamespace, describeIssues } from './newRun';
import {
  keyedScheduleName,
  parseNewScheduleSpec,
  scheduleManifest,
  type NewScheduleSpec,
} from './newSchedule';
import { personWhoMay } from './personWhoMay';
import { RESOURCES } from './resources';
import type { StartRunOptions, StartRunServices } from './startRun';

export interface StartedSchedule {
  ref: RunRef;
  spec: NewScheduleSpec;
  outcome: StartOutcome;
}

const DOING = 'make the schedule';

const requestSchema = newObjectRequestSchema(SCHEDULE_LIMITS.name);

/**
 * The one way in which the portal makes a schedule: for its own API and the scaffolder. It runs in the name of the person
 * of the credentials, whatever the request says, and the cluster is asked as that person.
 *
 * @param request `{cluster?, namespace?, name?, key?, spec}`, as it came
 * @throws NotAllowedError without a person or a permission
 * @throws InputError that names what is wrong, before the cluster is asked
 * @throws ConflictError when there is another schedule of that name
 * @throws an error of `@backstage/errors` with the API server's own reason
 */
export async function startSchedule(
  services: StartRunServices,
  credentials: BackstageCredentials,
  request: unknown,
  { dryRun = false, audit }: StartRunOptions,
): Promise<StartedSchedule> {
  const person = await personWhoMay(
    services,
    credentials,
    [scheduleCreatePermission, workloadCreatePermission],
    'make schedules',
  );
  const { cluster, ref, spec } = placeOf(services, person, request);
  const outcome = await audited(
    services.auditor,
    {
      eventId: 'agent-workloads-schedule-create',
      severityLevel: 'medium',
      request: audit.request,
      meta: { ...ref, ...audit.meta, dryRun, as: person.username },
    },
    () =>
      makeOnce(cluster, {
        resource: RESOURCES.schedules,
        manifest: scheduleManifest({
          name: ref.name,
          namespace: ref.namespace,
          spec,
          person,
        }),
        as: person,
        dryRun,
        noun: 'schedule',
        doing: DOING,
        mend: '; choose another name, or change that one on the page Schedules',
        isSame,
      }),
    made => ({ outcome: made }),
  );
  return { ref, spec, outcome };
}

function placeOf(
  { clusters, randomSuffix }: StartRunServices,
  { username }: ImpersonatedPerson,
  request: unknown,
): { cluster: Cluster; ref: RunRef; spec: NewScheduleSpec } {
  const { settings } = clusters;
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) {
    throw new InputError(`Can't ${DOING}: ${describeIssues(parsed.error)}`);
  }
  const { data } = parsed;
  const cluster = clusters.forNewRun(data.cluster);
  const namespace = data.namespace ?? settings.defaultNamespace;
  assertCreateNamespace(namespace, settings.createNamespaces);
  const spec = parseNewScheduleSpec(data.spec, settings.defaultTemplate, DOING);
  const name =
    data.name ??
    keyedScheduleName(spec, [username, data.key ?? randomSuffix()]);
  return { cluster, spec, ref: { cluster: cluster.name, namespace, name } };
}

/** The schema orders all fields but those of maps, which forms don't fill. */
function isSame(one: unknown, other: unknown): boolean {
  const texts = [one, other].map(spec => {
    const parsed = agentWorkloadScheduleSpecSchema.safeParse(spec);
    return parsed.success ? JSON.stringify(parsed.data) : undefined;
  });
  return texts[0] !== undefined && texts[0] === texts[1];
}
