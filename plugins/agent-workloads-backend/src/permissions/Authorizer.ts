import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PermissionRuleset } from '@backstage/plugin-permission-node';
import type { ImpersonatedPerson } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { RESOURCE_TYPE_WORKLOAD } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type {
  ClusterQuestion,
  ClusterRights,
  Place,
  Readable,
} from './ClusterRights';
import { compileDecision, rulesOf } from './compileDecision';
import type { Timer } from '../metrics/portalMetrics';
import type { People } from './People';
import type { WorkloadFilter, WorkloadResource } from './resource';
import { agentWorkloadsRules } from './rules';

type WorkloadPermission = ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>;

/** What the caller that this was made for may do: by the portal's policy and by the cluster, both. */
export interface Rights {
  /** False for every run that the cluster does not let the caller read. */
  may(permission: WorkloadPermission, resource: WorkloadResource): boolean;
  /** Whether {@link may} answers the same for all runs of a place and a requester, with or without four eyes. */
  isByClass(permission: WorkloadPermission): boolean;
  /** The caller's name in the clusters, where they have one. */
  username?: string;
  /** The caller's groups in the clusters, of those that the configuration names. */
  groups: readonly string[];
  /** Whether the cluster lets the caller read in this place, which must be one of those asked about. */
  reads(place: Place): boolean;
  /** By cluster, why nothing of it can be shown to the caller now. */
  problems: ReadonlyMap<string, string>;
  /** Asks the cluster itself. An answer that can't be had now is a no. */
  clusterLets(place: Place, question: ClusterQuestion): Promise<boolean>;
  /** The same for many places; each of them is asked about once. */
  where(
    places: readonly Place[],
    question: Pick<ClusterQuestion, 'verb' | 'resource'>,
  ): Promise<(place: Place) => boolean>;
}

const NOTHING: Readable = { has: () => false, problems: new Map() };

/** A module may bring further rules, which may look at a run's name. */
const BY_CLASS = new Set(
  Object.values(agentWorkloadsRules).map(({ name }) => name),
);

/** Asks the policy with the caller's credentials: service credentials would be answered ALLOW unasked. */
export class Authorizer {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly ruleset: PermissionRuleset<
      WorkloadResource,
      WorkloadFilter
    >,
    private readonly people: Pick<People, 'person'>,
    private readonly cluster: ClusterRights,
    private readonly timer: Timer = run => run(),
  ) {}

  /**
   * One question to the policy for all these permissions, and one to the cluster for each of the places; the first
   * permission must not be denied outright.
   * @throws NotAllowedError when the first is denied whatever the run
   */
  rights(
    credentials: BackstageCredentials,
    places: readonly Place[],
    needed: WorkloadPermission,
    ...others: WorkloadPermission[]
  ): Promise<Rights> {
    return this.timer(() =>
      this.ask(credentials, places, needed, [needed, ...others]),
    );
  }

  private async ask(
    credentials: BackstageCredentials,
    places: readonly Place[],
    needed: WorkloadPermission,
    asked: readonly WorkloadPermission[],
  ): Promise<Rights> {
    const decisions = await this.permissions.authorizeConditional(
      asked.map(permission => ({ permission })),
      { credentials },
    );
    if (decisions[0].result === AuthorizeResult.DENY) {
      throw missing(needed.name);
    }
    const tests = new Map(
      asked.map(({ name }, index) => [
        name,
        compileDecision(decisions[index], this.ruleset),
      ]),
    );
    const byClass = new Set(
      asked
        .filter((_, index) =>
          rulesOf(decisions[index]).every(rule => BY_CLASS.has(rule)),
        )
        .map(({ name }) => name),
    );
    const { person, readable } = await this.readable(credentials, places);
    return {
      may: (permission, resource) =>
        readable.has(resource) &&
        (tests.get(permission.name)?.(resource) ?? false),
      isByClass: permission => byClass.has(permission.name),
      username: person?.username,
      groups: person?.groups ?? [],
      reads: place => readable.has(place),
      problems: readable.problems,
      clusterLets: async ({ cluster, namespace }, question) =>
        person !== undefined &&
        this.cluster
          .may(person, cluster, { namespace, ...question })
          .catch(() => false),
      where: async (wanted, question) => {
        if (!person) return () => false;
        const found = await this.cluster.readable(person, wanted, question);
        return place => found.has(place);
      },
    };
  }

  /** @throws NotAllowedError */
  async demand(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [allowed] = await this.allowed(credentials, [permission]);
    if (!allowed) {
      throw missing(permission.name);
    }
  }

  /** What the policy says of each, in one question. */
  async allowed(
    credentials: BackstageCredentials,
    permissions: readonly BasicPermission[],
  ): Promise<boolean[]> {
    const decisions = await this.permissions.authorize(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }

  /** Somebody who can have no name in the clusters reads nothing there and is told why. */
  private async readable(
    credentials: BackstageCredentials,
    places: readonly Place[],
  ): Promise<{ person?: ImpersonatedPerson; readable: Readable }> {
    let person: ImpersonatedPerson;
    try {
      person = await this.people.person(credentials);
    } catch (error) {
      const { message } = error as Error;
      const problems = new Map(places.map(({ cluster }) => [cluster, message]));
      return { readable: { ...NOTHING, problems } };
    }
    return { person, readable: await this.cluster.readable(person, places) };
  }
}

export function missing(permission: string): NotAllowedError {
  return refusal(NotAllowedError, 'permissionMissing', { permission });
}
