import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  agentWorkloadScheduleSpecSchema,
  DNS_LABEL_PATTERN,
  SCHEDULE_LIMITS,
} from '@agentworkloads/api';
import {
  scheduleCreatePermission,
  workloadCreatePermission,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { isApiError, type KubernetesObject } from '@agentworkloads/kube';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Cluster } from './clusters';
import type { ImpersonatedPerson } from './identity';
import { assertCreateNamespace, describeIssues } from './newRun';
import {
  keyedScheduleName,
  parseNewScheduleSpec,
  scheduleManifest,
  type NewScheduleSpec,
} from './newSchedule';
import { personWhoMay } from './personWhoMay';
import { RESOURCES } from './resources';
import { toResponseError } from './responseError';
import type {
  StartOutcome,
  StartRunOptions,
  StartRunServices,
} from './startRun';

export interface StartedSchedule {
  ref: RunRef;
  spec: NewScheduleSpec;
  outcome: StartOutcome;
}

const DOING = 'make the schedule';

const requestSchema = z.object({
  cluster: z.string().max(63).optional(),
  namespace: z.string().max(63).optional(),
  name: z
    .string()
    .max(SCHEDULE_LIMITS.name)
    .regex(
      new RegExp(DNS_LABEL_PATTERN),
      'must be lower-case letters, digits and dashes',
    )
    .optional(),
  /** The same request of the same person, sent again with the same key, makes no second schedule. */
  key: z.string().min(1).max(255).optional(),
  spec: z.unknown(),
});

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
  const event = await services.auditor.createEvent({
    eventId: 'agent-workloads-schedule-create',
    severityLevel: 'medium',
    request: audit.request,
    meta: { ...ref, ...audit.meta, dryRun, as: person.username },
  });
  try {
    const manifest = scheduleManifest({
      name: ref.name,
      namespace: ref.namespace,
      spec,
      person,
    });
    const outcome = await submit(cluster, manifest, person, dryRun);
    await event.success({ meta: { outcome } });
    return { ref, spec, outcome };
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
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

async function submit(
  { client }: Cluster,
  manifest: KubernetesObject,
  as: ImpersonatedPerson,
  dryRun: boolean,
): Promise<StartOutcome> {
  try {
    await client.create(RESOURCES.schedules, manifest, { as, dryRun });
    return dryRun ? 'checked' : 'created';
  } catch (error) {
    if (!isApiError(error) || error.reason !== 'AlreadyExists') {
      throw toResponseError(error, DOING);
    }
  }
  // A task that goes on after a crash, or a button that was pressed twice, comes here a second time.
  const { name, namespace = '' } = manifest.metadata;
  const known = await client
    .get(RESOURCES.schedules, namespace, name)
    .catch(error => {
      throw toResponseError(error, 'compare the schedule with the one there');
    });
  if (!known.metadata.deletionTimestamp && isSame(known.spec, manifest.spec)) {
    return 'existed';
  }
  throw new ConflictError(
    `There is another schedule called "${name}" in ${namespace}; choose another name, or change that one on the page Schedules`,
  );
}

/** The schema orders all fields but those of maps, which forms don't fill. */
function isSame(one: unknown, other: unknown): boolean {
  const texts = [one, other].map(spec => {
    const parsed = agentWorkloadScheduleSpecSchema.safeParse(spec);
    return parsed.success ? JSON.stringify(parsed.data) : undefined;
  });
  return texts[0] !== undefined && texts[0] === texts[1];
}
