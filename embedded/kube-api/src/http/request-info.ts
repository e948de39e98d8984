import { badRequest } from '../errors';
import type { ResourceDef } from '../model';
import type { Registry } from '../registry/registry';

/** What a request asks for, before anybody knows whether it may. */
export interface RequestInfo {
  method: string;
  path: string;
  query: URLSearchParams;
  /** In the words of RBAC for resources, the lower-case method for other paths. */
  verb: string;
  /** Absent for paths that are no resource. */
  resource?: ResourceTarget;
}

export interface ResourceTarget {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** Absent where nothing of that name is served. */
  def?: ResourceDef;
}

const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

export function parseRequest(
  method: string,
  rawUrl: string,
  registry: Registry,
): RequestInfo {
  const queryAt = rawUrl.indexOf('?');
  const path = queryAt < 0 ? rawUrl : rawUrl.slice(0, queryAt);
  const query = new URLSearchParams(
    queryAt < 0 ? '' : rawUrl.slice(queryAt + 1),
  );
  const resource = parseResource(path, registry);
  return {
    method,
    path,
    query,
    verb: resource ? verbOf(method, resource, query) : method.toLowerCase(),
    ...(resource ? { resource } : {}),
  };
}

function parseResource(
  path: string,
  registry: Registry,
): ResourceTarget | undefined {
  const parts = path.split('/').filter(Boolean).map(decoded);
  let rest: string[];
  let group = '';
  let version: string;
  if (parts[0] === 'api' && parts.length > 2) {
    [, version, ...rest] = parts;
  } else if (parts[0] === 'apis' && parts.length > 3) {
    [, group, version, ...rest] = parts;
  } else {
    return undefined;
  }
  let namespace: string | undefined;
  const inNamespace =
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    !(group === '' && NAMESPACE_SUBRESOURCES.includes(rest[2]));
  if (inNamespace) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [plural, name, ...sub] = rest;
  const def = registry.find(group, version, plural);
  return {
    group,
    version,
    plural,
    ...(namespace !== undefined ? { namespace } : {}),
    ...(name !== undefined ? { name } : {}),
    ...(sub.length ? { subresource: sub.join('/') } : {}),
    ...(def ? { def } : {}),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`the path holds a broken escape: ${part}`);
  }
}

export function isTrue(value: string | null): boolean {
  return value !== null && !['', '0', 'false'].includes(value.toLowerCase());
}

function verbOf(
  method: string,
  resource: ResourceTarget,
  query: URLSearchParams,
): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return resource.name === undefined ? 'deletecollection' : 'delete';
    case 'GET':
    case 'HEAD':
      if (resource.name !== undefined) return 'get';
      return isTrue(query.get('watch')) ? 'watch' : 'list';
    default:
      return method.toLowerCase();
  }
}
