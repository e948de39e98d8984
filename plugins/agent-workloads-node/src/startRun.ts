import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { agentWorkloadSpecSchema, LIMITS } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { InputError } from '@backstage/errors';
import { audited } from './audited';
import type { AgentWorkloadsClusters, Cluster } from './clusters';
import type { ImpersonatedPerson } from './identity';
import {
  makeOnce,
  newObjectRequestSchema,
  type StartOutcome,
} from './makeOnce';
import {
  assertCreateNamespace,
  describeIssues,
  keyedRunName,
  parseNewRunSpec,
  runName,
  workloadManifest,
  type NewRunSpec,
} from './newRun';
import { personWhoMay } from './personWhoMay';
import { RESOURCES } from './resources';

/** What every door to a new run has. */
export interface StartRunServices {
  auditor: AuditorService;
  clusters: AgentWorkloadsClusters;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Four lower-case letters or digits. */
  randomSuffix(): string;
}

export interface StartedRun {
  ref: RunRef;
  spec: NewRunSpec;
  outcome: StartOutcome;
}

export interface StartRunOptions {
  /** The API server checks everything and keeps nothing. */
  dryRun?: boolean;
  /** The request, and who or what led to it, for the audit event. */
  audit: Pick<AuditorServiceCreateEventOptions, 'request'> & {
    meta: Record<string, string>;
  };
}

const requestSchema = newObjectRequestSchema(LIMITS.name);

/**
 * The one way in which the portal makes a run: for its own page, its API and the scaffolder. Who asks is the person of the
 * credentials, whatever the request says, and the cluster is asked as that person.
 *
 * @param request `{cluster?, namespace?, name?, key?, spec}`, as it came
 * @throws NotAllowedError without a person or the permission
 * @throws InputError that names what is wrong, before the cluster is asked
 * @throws ConflictError when there is another run of that name
 * @throws an error of `@backstage/errors` with the API server's own reason
 */
export async function startRun(
  services: StartRunServices,
  credentials: BackstageCredentials,
  request: unknown,
  { dryRun = false, audit }: StartRunOptions,
): Promise<StartedRun> {
  const person = await personWhoMay(
    services,
    credentials,
    [workloadCreatePermission],
    'start runs',
  );
  const { cluster, ref, spec } = placeOf(services, person, request);
  const outcome = await audited(
    services.auditor,
    {
      eventId: 'agent-workloads-run-create',
      severityLevel: 'medium',
      request: audit.request,
      meta: { ...ref, ...audit.meta, dryRun, as: person.username },
    },
    () =>
      makeOnce(cluster, {
        resource: RESOURCES.workloads,
        manifest: workloadManifest({
          name: ref.name,
          namespace: ref.namespace,
          spec,
          requestedBy: person.username,
        }),
        as: person,
        dryRun,
        noun: 'run',
        doing: 'start the run',
        mend: ', with other input; choose another name',
        isSame: sameInput,
      }),
    made => ({ outcome: made }),
  );
  return { ref, spec, outcome };
}

/** What is to be made where, under which name. */
function placeOf(
  { clusters, now, randomSuffix }: StartRunServices,
  { username }: ImpersonatedPerson,
  request: unknown,
): { cluster: Cluster; ref: RunRef; spec: NewRunSpec } {
  const { settings } = clusters;
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) {
    throw new InputError(
      `The run can't be started: ${describeIssues(parsed.error)}`,
    );
  }
  const { data } = parsed;
  const cluster = clusters.forNewRun(data.cluster);
  const namespace = data.namespace ?? settings.defaultNamespace;
  assertCreateNamespace(namespace, settings.createNamespaces);
  const spec = parseNewRunSpec(data.spec, settings.defaultTemplate);
  const made = () =>
    data.key === undefined
      ? runName(spec.targetUrls, new Date(now()), randomSuffix())
      : keyedRunName(spec.targetUrls, [username, data.key]);
  const name = data.name ?? made();
  return { cluster, spec, ref: { cluster: cluster.name, namespace, name } };
}

/** `cancel`, and who it was, may have been set since; everything else of a spec never changes. */
function sameInput(a: unknown, b: unknown): boolean {
  const left = canonical(a);
  return left !== undefined && left === canonical(b);
}

/** The same text for the same spec, whatever the order of its fields. */
function canonical(spec: unknown): string | undefined {
  const parsed = agentWorkloadSpecSchema.safeParse(spec);
  if (!parsed.success) return undefined;
  const { parameters, cancel: _, cancelledBy: __, ...rest } = parsed.data;
  // The schema orders all fields but those of a map.
  return JSON.stringify([rest, Object.entries(parameters).sort()]);
}
