import type { Person } from '@agentworkloads/kube';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** Who a call is made as. Without one it is made as the portal's own account. @public */
export type ImpersonatedPerson = Person;

export interface IdentitySettings {
  users: { ref: string; name: string }[];
  groups: { ref: string; name: string }[];
}

/** A header's value, and nothing that could be read as two. */
const PRINTABLE = /^[\x21-\x7e]{1,256}$/;

/** @throws InputError when Kubernetes must not be told this name */
function assertName(name: string, what: string): string {
  if (name.toLowerCase().startsWith('system:')) {
    throw new InputError(
      `${what} "${name}" begins with "system:", which is kept for Kubernetes itself; give another name under agentWorkloads.identity`,
    );
  }
  if (!PRINTABLE.test(name)) {
    throw new InputError(
      `${what} "${name.slice(
        0,
        80,
      )}" has characters that Kubernetes can't be told; give another name under agentWorkloads.identity`,
    );
  }
  return name;
}

function normalRef(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref));
}

/**
 * One person is one name by every road: what the catalog calls `user:default/alice` is `alice` in Kubernetes.
 * Users of another namespace are `<namespace>/<name>`, so that two people never share a name.
 *
 * @public
 */
export class IdentityMapper {
  private readonly users: Map<string, string>;
  /** A catalog group may be several groups of the cluster, and the other way round. */
  private readonly groups: { ref: string; name: string }[];
  private readonly refByName: Map<string, string>;

  /** @internal */
  constructor(settings: IdentitySettings) {
    this.users = new Map(
      settings.users.map(({ ref, name }) => [
        normalRef(ref),
        assertName(name, 'The user name'),
      ]),
    );
    if (this.users.size !== settings.users.length) {
      throw new InputError(
        'agentWorkloads.identity.users names a person twice; a person has one name in Kubernetes',
      );
    }
    this.groups = settings.groups.map(({ ref, name }) => ({
      ref: normalRef(ref),
      name: assertName(name, 'The group name'),
    }));
    this.refByName = new Map([...this.users].map(([ref, name]) => [name, ref]));
    if (this.refByName.size !== this.users.size) {
      throw new InputError(
        'agentWorkloads.identity.users gives two people the same name; four eyes could not tell them apart',
      );
    }
  }

  /** @throws InputError for a name that must not be impersonated */
  username(userRef: string): string {
    const ref = parseEntityRef(userRef);
    const listed = this.users.get(stringifyEntityRef(ref));
    if (listed !== undefined) {
      return listed;
    }
    const name =
      ref.namespace.toLowerCase() === 'default'
        ? ref.name
        : `${ref.namespace}/${ref.name}`;
    // Catalog references are compared without case; Kubernetes names are not.
    const lower = name.toLowerCase();
    if (this.refByName.has(lower)) {
      throw new InputError(
        `"${userRef}" would be "${lower}" in Kubernetes, which agentWorkloads.identity.users gives to somebody else`,
      );
    }
    return assertName(lower, 'The user name');
  }

  /** Only groups of the configured list; others are left out. */
  groupNames(ownershipRefs: readonly string[]): string[] {
    const owned = new Set(ownershipRefs.map(normalRef));
    const names = this.groups
      .filter(({ ref }) => owned.has(ref))
      .map(({ name }) => name);
    return [...new Set(names)];
  }

  /** Those of the references that the configured list has: what a person may read hangs on no others. @internal */
  mappedRefs(ownershipRefs: readonly string[]): string[] {
    const owned = new Set(ownershipRefs.map(normalRef));
    const refs = this.groups.map(({ ref }) => ref);
    return [...new Set(refs)].filter(ref => owned.has(ref));
  }

  person(
    userRef: string,
    ownershipRefs: readonly string[],
  ): ImpersonatedPerson {
    return {
      username: this.username(userRef),
      groups: this.groupNames(ownershipRefs),
    };
  }

  /** The way back: undefined when no person of the catalog has this Kubernetes name. */
  userRef(username: string): string | undefined {
    const listed = this.refByName.get(username);
    if (listed !== undefined) {
      return listed;
    }
    const match = /^(?:([a-z0-9._-]+)\/)?([a-z0-9._-]+)$/.exec(username);
    if (!match) {
      return undefined;
    }
    const ref = `user:${match[1] ?? 'default'}/${match[2]}`;
    try {
      return this.username(ref) === username ? ref : undefined;
    } catch {
      return undefined;
    }
  }

  /** Kubernetes names that the configuration gives. */
  listedUsernames(): string[] {
    return [...this.refByName.keys()];
  }

  /** Kubernetes groups that may be impersonated at all. */
  allGroupNames(): string[] {
    return [...new Set(this.groups.map(({ name }) => name))];
  }

  /** Catalog groups that become this Kubernetes group. */
  groupRefs(groupName: string): string[] {
    return this.groups
      .filter(({ name }) => name === groupName)
      .map(({ ref }) => ref);
  }
}
