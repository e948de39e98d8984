import type { ResourceKind } from './types';

/** `.` and `..` survive encodeURIComponent and would climb in the path; what is empty would name the collection. */
function segment(part: string): string {
  if (part === '' || part === '.' || part === '..') {
    throw new RangeError(`"${part}" can't be part of a resource's path`);
  }
  return encodeURIComponent(part);
}

/**
 * The path of a collection, or of what `rest` names in it.
 *
 * @param namespace empty for all, and for kinds without namespaces
 * @param rest name and subresource
 * @throws RangeError for a part that no name can be
 */
export function pathOf(
  kind: ResourceKind,
  namespace: string,
  ...rest: string[]
): string {
  const parts = [
    ...(kind.group ? ['apis', kind.group] : ['api']),
    kind.version,
    ...(namespace === '' ? [] : ['namespaces', namespace]),
    kind.plural,
    ...rest,
  ];
  return `/${parts.map(segment).join('/')}`;
}

/** @returns `?a=b…`, or nothing for an empty query; what is undefined is left out */
export function queryOf(
  query: Record<string, string | number | boolean | undefined>,
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
