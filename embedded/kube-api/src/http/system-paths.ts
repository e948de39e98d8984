import type { IncomingMessage, ServerResponse } from 'node:http';
import { methodNotAllowed } from '../errors';
import type { ApiContext } from '../context';
import {
  aggregated,
  coreVersions,
  groupList,
  resourceList,
  singleGroup,
} from './discovery';
import { openApiDocument, openApiIndex } from './openapi';
import type { RequestInfo } from './request-info';
import { parameterOf, sendJson, sendText } from './respond';

/** The Kubernetes release whose behaviour is followed. */
const VERSION = { major: '1', minor: '35', gitVersion: 'v1.35.4' };

/** Paths that are no resource: discovery, version, health, OpenAPI. */
export function serveSystemPath(
  context: ApiContext,
  info: RequestInfo,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  if (info.method !== 'GET' && info.method !== 'HEAD') {
    throw methodNotAllowed();
  }
  const path = info.path.replace(/\/+$/, '') || '/';
  if (/^\/(healthz|readyz|livez)(\/.*)?$/.test(path)) {
    sendText(res, 200, 'ok');
    return;
  }
  const body = bodyOf(context, path, req);
  if (body === undefined) sendText(res, 404, '404 page not found\n');
  else sendJson(res, 200, body, contentTypeOf(body));
}

function bodyOf(
  context: ApiContext,
  path: string,
  req: IncomingMessage,
): object | undefined {
  const { registry } = context;
  const parts = path.split('/').filter(Boolean);
  if (path === '/') return rootPaths(context);
  if (path === '/version') return versionBody();
  if (path === '/api' || path === '/apis') {
    const core = path === '/api';
    const version = discoveryVersion(req.headers.accept);
    if (version) return aggregated(registry, core, version);
    return core
      ? coreVersions(`127.0.0.1:${req.socket.localPort}`)
      : groupList(registry);
  }
  if (path === '/openapi/v3') return openApiIndex(registry);
  if (path.startsWith('/openapi/v3/')) {
    return openApiDocument(registry, path.slice('/openapi/v3/'.length));
  }
  if (parts[0] === 'api' && parts.length === 2) {
    return resourceList(registry, '', parts[1]);
  }
  if (parts[0] === 'apis' && parts.length === 2) {
    return singleGroup(registry, parts[1]);
  }
  if (parts[0] === 'apis' && parts.length === 3) {
    return resourceList(registry, parts[1], parts[2]);
  }
  return undefined;
}

function discoveryVersion(accept: string | undefined): string | undefined {
  for (const item of (accept ?? '').split(',')) {
    const parameters = item.split(';').map(part => part.trim());
    if (parameterOf(parameters, 'g') === 'apidiscovery.k8s.io') {
      return parameterOf(parameters, 'v') ?? 'v2';
    }
  }
  return undefined;
}

function rootPaths(context: ApiContext): object {
  const groups = [...context.registry.groups().values()].map(([def]) =>
    def.group ? `/apis/${def.group}/${def.version}` : `/api/${def.version}`,
  );
  return {
    paths: [
      '/api',
      '/apis',
      ...groups,
      '/healthz',
      '/livez',
      '/openapi/v3',
      '/readyz',
      '/version',
    ],
  };
}

function versionBody(): object {
  return {
    ...VERSION,
    gitCommit: 'standalone',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'none',
    compiler: process.version,
    platform: `${process.platform}/${process.arch}`,
  };
}

/** Clients tell the one-answer form of discovery by its content type. */
function contentTypeOf(body: object): string {
  const { kind, apiVersion = '' } = body as {
    kind?: string;
    apiVersion?: string;
  };
  return kind === 'APIGroupDiscoveryList'
    ? `application/json;g=apidiscovery.k8s.io;v=${
        apiVersion.split('/')[1]
      };as=APIGroupDiscoveryList`
    : 'application/json';
}
