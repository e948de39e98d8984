import { apiVersionOf, type ResourceDef } from '../model';
import type { Registry } from '../registry/registry';

/** Versions of one group, the preferred one first. */
interface Group {
  name: string;
  versions: string[];
}

function groupsOf(registry: Registry): Group[] {
  const groups = new Map<string, string[]>();
  for (const def of registry.all()) {
    const versions = groups.get(def.group) ?? [];
    if (!versions.includes(def.version)) versions.push(def.version);
    groups.set(def.group, versions);
  }
  return [...groups].map(([name, versions]) => ({ name, versions }));
}

/** /api */
export function coreVersions(address: string): object {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}

/** /apis */
export function groupList(registry: Registry): object {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groupsOf(registry)
      .filter(group => group.name)
      .map(groupBody),
  };
}

/** /apis/GROUP */
export function singleGroup(
  registry: Registry,
  name: string,
): object | undefined {
  const group = groupsOf(registry).find(item => item.name === name);
  return group && name
    ? { kind: 'APIGroup', apiVersion: 'v1', ...groupBody(group) }
    : undefined;
}

function groupBody(group: Group) {
  const versions = group.versions.map(version => ({
    groupVersion: `${group.name}/${version}`,
    version,
  }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

/** /api/v1 and /apis/GROUP/VERSION */
export function resourceList(
  registry: Registry,
  group: string,
  version: string,
): object | undefined {
  const defs = registry
    .all()
    .filter(def => def.group === group && def.version === version);
  if (!defs.length) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf({ group, version }),
    resources: defs.flatMap(resourceBodies),
  };
}

function resourceBodies(def: ResourceDef): object[] {
  const main = {
    name: def.plural,
    singularName: def.singular,
    namespaced: def.namespaced,
    kind: def.kind,
    verbs: def.verbs,
    ...(def.shortNames.length ? { shortNames: def.shortNames } : {}),
    ...(def.categories.length ? { categories: def.categories } : {}),
  };
  const below = def.subresources.map(name => ({
    name: `${def.plural}/${name}`,
    singularName: '',
    namespaced: def.namespaced,
    ...subresourceKind(def, name),
    verbs: subresourceVerbs(name),
  }));
  return [main, ...below];
}

function subresourceKind(def: ResourceDef, name: string) {
  return name === 'token'
    ? {
        group: 'authentication.k8s.io',
        version: 'v1',
        kind: 'TokenRequest',
      }
    : { kind: def.kind };
}

function subresourceVerbs(name: string): string[] {
  if (name === 'token') return ['create'];
  if (name === 'log') return ['get'];
  return name === 'finalize' ? ['update'] : ['get', 'patch', 'update'];
}

/** Everything in one answer: /api or /apis as apidiscovery.k8s.io. */
export function aggregated(
  registry: Registry,
  core: boolean,
  version: string,
): object {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groupsOf(registry)
      .filter(group => (group.name === '') === core)
      .map(group => ({
        metadata: { ...(group.name ? { name: group.name } : {}) },
        versions: group.versions.map(item => ({
          version: item,
          freshness: 'Current',
          resources: registry
            .all()
            .filter(def => def.group === group.name && def.version === item)
            .map(aggregatedResource),
        })),
      })),
  };
}

function aggregatedResource(def: ResourceDef): object {
  const kind = { group: def.group, version: def.version, kind: def.kind };
  return {
    resource: def.plural,
    responseKind: kind,
    scope: def.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: def.singular,
    verbs: def.verbs,
    ...(def.shortNames.length ? { shortNames: def.shortNames } : {}),
    ...(def.categories.length ? { categories: def.categories } : {}),
    ...(def.subresources.length
      ? {
          subresources: def.subresources.map(name => ({
            subresource: name,
            responseKind: { ...kind, ...subresourceKind(def, name) },
            verbs: subresourceVerbs(name),
          })),
        }
      : {}),
  };
}
