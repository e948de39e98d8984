import { arrayAt, stringAt, stringsAt, type Json } from '../json';
import type { KubeObject } from '../model';
import type { Store } from '../store/store';

export interface UserInfo {
  username: string;
  uid?: string;
  groups: string[];
  extra: Record<string, string[]>;
}

/** What somebody wants to do: with a resource, or with a `path` that is none. */
export interface AuthorizationAttributes {
  verb: string;
  group?: string;
  resource?: string;
  subresource?: string;
  namespace?: string;
  name?: string;
  path?: string;
}

export interface PolicyRule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames: string[];
  nonResourceURLs: string[];
}

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** Answers from the Roles and bindings that are stored at this moment. */
export class RbacAuthorizer {
  constructor(private readonly store: Store) {}

  authorize(user: UserInfo, attributes: AuthorizationAttributes): boolean {
    if (user.groups.includes('system:masters')) return true;
    const scopes = [undefined, attributes.namespace].filter(
      (scope, index) => index === 0 || Boolean(scope),
    );
    return scopes.some(scope =>
      this.bindings(scope).some(
        binding =>
          appliesTo(binding, user) &&
          this.rulesOf(binding).some(rule => allows(rule, attributes)),
      ),
    );
  }

  /** Every rule that gives this user something in a namespace. */
  rulesFor(user: UserInfo, namespace: string): PolicyRule[] {
    const everything: PolicyRule = {
      verbs: ['*'],
      apiGroups: ['*'],
      resources: ['*'],
      resourceNames: [],
      nonResourceURLs: ['*'],
    };
    const granted = [undefined, namespace].flatMap(scope =>
      this.bindings(scope)
        .filter(binding => appliesTo(binding, user))
        .flatMap(binding => this.rulesOf(binding)),
    );
    return user.groups.includes('system:masters')
      ? [everything, ...granted]
      : granted;
  }

  private bindings(namespace: string | undefined): KubeObject[] {
    const kind = namespace ? 'rolebindings' : 'clusterrolebindings';
    return this.store
      .list(`${kind}.${RBAC_GROUP}`, namespace)
      .map(entry => entry.object);
  }

  private rulesOf(binding: KubeObject): PolicyRule[] {
    const clusterWide = stringAt(binding, 'roleRef', 'kind') === 'ClusterRole';
    const role = this.store.get(
      `${clusterWide ? 'clusterroles' : 'roles'}.${RBAC_GROUP}`,
      clusterWide ? undefined : binding.metadata.namespace,
      stringAt(binding, 'roleRef', 'name') ?? '',
    );
    return arrayAt(role, 'rules').map(parseRule);
  }
}

function parseRule(rule: Json): PolicyRule {
  return {
    verbs: stringsAt(rule, 'verbs'),
    apiGroups: stringsAt(rule, 'apiGroups'),
    resources: stringsAt(rule, 'resources'),
    resourceNames: stringsAt(rule, 'resourceNames'),
    nonResourceURLs: stringsAt(rule, 'nonResourceURLs'),
  };
}

function appliesTo(binding: KubeObject, user: UserInfo): boolean {
  return arrayAt(binding, 'subjects').some(subject => {
    const name = stringAt(subject, 'name') ?? '';
    switch (stringAt(subject, 'kind')) {
      case 'User':
        return user.username === name;
      case 'Group':
        return user.groups.includes(name);
      case 'ServiceAccount': {
        const namespace =
          stringAt(subject, 'namespace') ?? binding.metadata.namespace;
        return user.username === `system:serviceaccount:${namespace}:${name}`;
      }
      default:
        return false;
    }
  });
}

/** The matching rules of RBAC v1. */
export function allows(
  rule: PolicyRule,
  attributes: AuthorizationAttributes,
): boolean {
  const has = (list: string[], value: string) =>
    list.includes('*') || list.includes(value);
  if (!has(rule.verbs, attributes.verb)) return false;
  const { path } = attributes;
  if (path !== undefined) {
    return rule.nonResourceURLs.some(
      url =>
        url === '*' ||
        url === path ||
        (url.endsWith('*') && path.startsWith(url.slice(0, -1))),
    );
  }
  const resource = attributes.resource ?? '';
  const { subresource } = attributes;
  const fits = subresource
    ? has(rule.resources, `${resource}/${subresource}`) ||
      rule.resources.includes(`*/${subresource}`)
    : has(rule.resources, resource);
  return (
    fits &&
    has(rule.apiGroups, attributes.group ?? '') &&
    (rule.resourceNames.length === 0 ||
      rule.resourceNames.includes(attributes.name ?? ''))
  );
}
