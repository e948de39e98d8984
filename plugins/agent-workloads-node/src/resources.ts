import {
  AGENT_APPROVAL,
  AGENT_WORKLOAD,
  GROUP,
  VERSION,
} from '@agentworkloads/api';

/** A kind as it stands in a URL. */
export interface ResourceType {
  /** `` for the core group. */
  group: string;
  version: string;
  plural: string;
}

export const RESOURCES = {
  workloads: { group: GROUP, version: VERSION, plural: AGENT_WORKLOAD.plural },
  approvals: { group: GROUP, version: VERSION, plural: AGENT_APPROVAL.plural },
  workflows: { group: 'argoproj.io', version: 'v1alpha1', plural: 'workflows' },
  pods: { group: '', version: 'v1', plural: 'pods' },
  events: { group: '', version: 'v1', plural: 'events' },
} as const satisfies Record<string, ResourceType>;

/** @returns the path of a collection, or of one object; parts of a path never come through unescaped */
export function resourcePath(
  type: ResourceType,
  namespace?: string,
  ...rest: string[]
): string {
  const base = type.group
    ? ['apis', type.group, type.version]
    : ['api', type.version];
  const parts = [
    ...base,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    type.plural,
    ...rest,
  ];
  return `/${parts.map(segment).join('/')}`;
}

/** `.` and `..` survive encodeURIComponent and would climb in the path. */
function segment(part: string): string {
  if (part === '' || part === '.' || part === '..') {
    throw new RangeError(`"${part}" can't be part of a resource's path`);
  }
  return encodeURIComponent(part);
}
