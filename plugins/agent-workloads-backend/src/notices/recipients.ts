import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type {
  IdentityMapper,
  ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { LRUCache } from 'lru-cache';
import type { ClusterRights } from '../permissions';
import { sideBySide } from '../sideBySide';

const KEPT_MS = 5 * 60_000;
const PATIENCE_MS = 10_000;

/** Those who may decide the gate of a run, as far as they are members of these groups. */
export interface Deciders {
  run: RunRef;
  /** Kubernetes groups; whoever is in none of them hears nothing, whatever right they have. */
  groups: readonly string[];
  /** Whether it is any of this person's business. */
  concerns(person: ImpersonatedPerson): boolean;
}

/** Whom a notice is for: one person, by catalog reference, or those who may decide. */
export type Recipients = { person: string } | { deciders: Deciders };

/** @returns catalog references of people, each once; @throws where that can't be found out now */
export type FindRecipients = (to: Recipients) => Promise<string[]>;

interface CatalogGroup {
  relations?: { type?: string; targetRef?: string }[];
}

const isUser = (ref: string) => /^user:/i.test(ref);

/**
 * A notice has what was asked and the words of a decision, so it goes to those alone who may see that run and decide its gate by the
 * cluster's word. Who is a member of which mapped group the catalog says, for nobody has signed in here to say it; a group's groups are
 * left out, as Backstage's own resolvers of sign-ins do.
 */
export function recipientsOf(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  identity: IdentityMapper;
  rights: Pick<ClusterRights, 'may'>;
}): FindRecipients {
  const { identity, rights } = deps;
  const members = membersOf(deps);

  const everybody = async (groups: readonly string[]) => {
    const refsOf = new Map<string, string[]>();
    const mapped = identity
      .allGroupNames()
      .flatMap(name => identity.groupRefs(name));
    for (const [group, users] of await members([...new Set(mapped)])) {
      for (const user of users) {
        refsOf.set(user, [...(refsOf.get(user) ?? []), group]);
      }
    }
    const found = new Map<string, ImpersonatedPerson>();
    for (const [ref, owned] of refsOf) {
      const person = personOf(identity, ref, owned);
      if (person) found.set(ref, person);
    }
    return [...found].filter(([, person]) =>
      person.groups.some(group => groups.includes(group)),
    );
  };

  const mayDecide = async (person: ImpersonatedPerson, run: RunRef) => {
    const { cluster, namespace, name } = run;
    const may = (question: Parameters<ClusterRights['may']>[2]) =>
      rights.may(person, cluster, { ...question, namespace });
    const approve = { verb: 'approve', subresource: 'approval' } as const;
    return (
      (await may({ verb: 'get' })) &&
      ((await may(approve)) || may({ ...approve, name }))
    );
  };

  return async to => {
    if ('person' in to) return [to.person];
    const { run, groups, concerns } = to.deciders;
    const asked = (await everybody(groups)).filter(([, person]) =>
      concerns(person),
    );
    const refs = await sideBySide(asked, async ([ref, person]) =>
      (await mayDecide(person, run)) ? [ref] : [],
    );
    return refs.flat().sort();
  };
}

/** @returns undefined for whom no cluster may be told of */
function personOf(
  identity: IdentityMapper,
  ref: string,
  owned: readonly string[],
): ImpersonatedPerson | undefined {
  try {
    return identity.person(ref, owned);
  } catch {
    return undefined;
  }
}

/** Users by group, both as catalog references, kept for five minutes. Groups that the catalog does not have are left out. */
function membersOf({
  auth,
  discovery,
}: {
  auth: AuthService;
  discovery: DiscoveryService;
}): (groups: readonly string[]) => Promise<ReadonlyMap<string, string[]>> {
  const known = new LRUCache<string, ReadonlyMap<string, string[]>>({
    max: 1,
    ttl: KEPT_MS,
  });

  const lookUp = async (groups: readonly string[]) => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'catalog',
    });
    const response = await fetch(
      `${await discovery.getBaseUrl('catalog')}/entities/by-refs`,
      {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ entityRefs: groups, fields: ['relations'] }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
    );
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(
        `the catalog was asked who is in ${groups.join(', ')} and answered ${
          response.status
        }`,
      );
    }
    const { items } = (await response.json()) as {
      items: (CatalogGroup | null)[];
    };
    return new Map(
      groups.map((group, index) => [
        group,
        (items[index]?.relations ?? []).flatMap(({ type, targetRef = '' }) =>
          type === 'hasMember' && isUser(targetRef) ? [targetRef] : [],
        ),
      ]),
    );
  };

  return async groups => {
    const key = JSON.stringify(groups);
    const kept = known.get(key);
    if (kept) return kept;
    const found = await lookUp(groups);
    // Before the catalog has read its files it has no groups at all; nobody should go unheard for minutes by that.
    if ([...found.values()].some(users => users.length > 0)) {
      known.set(key, found);
    }
    return found;
  };
}
