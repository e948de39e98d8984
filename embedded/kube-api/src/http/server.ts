import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, forbidden, unknownPath } from '../errors';
import type { ApiContext } from '../context';
import type { AuthorizationAttributes, UserInfo } from '../auth/rbac';
import type { ServerCertificate } from '../certificates';
import { requireEmptyUpgrade } from './options';
import { parseRequest, type RequestInfo } from './request-info';
import { handleResource } from './resource-handler';
import type { ResourceRequest } from './resource-request';
import { sendJson, sendText } from './respond';
import { hostRefusal, isServedHost } from './served-host';
import { serveSystemPath } from './system-paths';

/** The HTTPS front: authenticate, authorize, answer. */
export function createApiServer(
  context: ApiContext,
  certificate: ServerCertificate,
  onError: (error: unknown) => void,
  allowHosts: readonly string[] = [],
): Server {
  const server = createServer(
    {
      cert: certificate.certPem,
      key: certificate.keyPem,
      minVersion: 'TLSv1.2',
      keepAliveTimeout: 120_000,
    },
    (req, res) => {
      const { host } = req.headers;
      (isServedHost(host, allowHosts)
        ? answer(context, req, res)
        : Promise.reject(
            new ApiError(421, 'MisdirectedRequest', hostRefusal(host)),
          )
      ).catch(error => sendError(res, error, onError));
    },
  );
  // Watches and followed logs stay open as long as their client wants.
  server.requestTimeout = 0;
  server.headersTimeout = 30_000;
  server.maxHeadersCount = 200;
  return server;
}

async function answer(
  context: ApiContext,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const user = context.authenticator.authenticate(req.headersDistinct);
  const info = parseRequest(
    req.method ?? 'GET',
    req.url ?? '/',
    context.registry,
  );
  authorize(context, user, info);
  requireEmptyUpgrade(req);
  if (!info.resource) {
    serveSystemPath(context, info, req, res);
    return;
  }
  const { def } = info.resource;
  if (!def) {
    const { group, version } = info.resource;
    if (context.registry.serves(group, version)) throw unknownPath();
    sendText(res, 404, '404 page not found\n');
    return;
  }
  const target = { ...info.resource, def } as ResourceRequest['target'];
  await handleResource(context, { info, target, user, req, res });
}

function authorize(
  context: ApiContext,
  user: UserInfo,
  info: RequestInfo,
): void {
  if (context.authorizer.authorize(user, attributesOf(info))) return;
  const { resource } = info;
  if (!resource) {
    throw new ApiError(
      403,
      'Forbidden',
      `forbidden: User "${user.username}" cannot ${info.verb} path "${info.path}"`,
      {},
    );
  }
  const { group, plural, namespace, name = '', subresource } = resource;
  const what = subresource ? `${plural}/${subresource}` : plural;
  const scope = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  throw forbidden(
    { group, plural, kind: '' },
    name,
    `User "${user.username}" cannot ${info.verb} resource "${what}" in API group "${group}" ${scope}`,
  );
}

/** A namespace is itself in the namespace of its name, as far as rights go. */
function attributesOf(info: RequestInfo): AuthorizationAttributes {
  const { resource, verb } = info;
  if (!resource) return { verb, path: info.path };
  const isNamespace = resource.group === '' && resource.plural === 'namespaces';
  const namespace = isNamespace ? resource.name : resource.namespace;
  return {
    verb,
    group: resource.group,
    resource: resource.plural,
    ...(resource.subresource ? { subresource: resource.subresource } : {}),
    ...(namespace === undefined ? {} : { namespace }),
    ...(resource.name === undefined ? {} : { name: resource.name }),
  };
}

function sendError(
  res: ServerResponse,
  error: unknown,
  onError: (error: unknown) => void,
): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (error instanceof ApiError) {
    const seconds = error.details?.retryAfterSeconds;
    if (seconds) res.setHeader('retry-after', String(seconds));
    sendJson(res, error.code, error.toStatus());
    return;
  }
  onError(error);
  const internal = new ApiError(
    500,
    'InternalError',
    'Internal error occurred: see the log of the API server',
  );
  sendJson(res, 500, internal.toStatus());
}
