import {
  badRequest,
  methodNotAllowed,
  notFound,
  notSupported,
  unknownPath,
  type ApiError,
} from '../errors';
import { isObject, objectAt, type JsonObject } from '../json';
import type { ApiContext } from '../context';
import { answerReview } from '../auth/reviews';
import { requestToken } from '../auth/token-request';
import { groupResource, type KubeObject } from '../model';
import { listMeta, listPage, pageObjects, renderList } from '../rest/list';
import { fromStorage } from '../rest/versions';
import { parseBody, readBody } from './body';
import { handleDelete, handleDeleteCollection } from './delete-handlers';
import { servePodLog } from './pod-logs';
import { place, sendObject, type ResourceRequest } from './resource-request';
import { negotiate, sendJson } from './respond';
import { partialMetadata, tableOf } from './table';
import { WatchStream } from './watch';
import { handleCreate, handlePatch, handleUpdate } from './write-handlers';

type Handler = (
  context: ApiContext,
  request: ResourceRequest,
) => Promise<void> | void;

const HANDLERS: Record<string, Handler> = {
  get: handleGet,
  list: handleList,
  watch: handleWatch,
  create: handleCreate,
  update: handleUpdate,
  patch: handlePatch,
  delete: handleDelete,
  deletecollection: handleDeleteCollection,
};

/** Answers a request for a resource that is served. */
export async function handleResource(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { info, target } = request;
  const { def, subresource } = target;
  checkScope(target);
  if (subresource && !def.subresources.includes(subresource)) {
    throw unknownSubresource(target);
  }
  if (subresource === 'finalize') throw notSupported('namespaces/finalize');
  const handler = special(request) ?? HANDLERS[info.verb];
  if (!handler) throw methodNotAllowed();
  await handler(context, request);
}

/** What is not stored: logs, tokens, reviews. */
function special({ target }: ResourceRequest): Handler | undefined {
  if (target.subresource === 'log') return handleLog;
  if (target.subresource === 'token') return handleToken;
  return target.def.verbs.length === 1 ? handleReview : undefined;
}

const POD_SUBRESOURCES = [
  'exec',
  'attach',
  'portforward',
  'proxy',
  'eviction',
  'ephemeralcontainers',
  'binding',
  'resize',
];

function unknownSubresource(target: ResourceRequest['target']): ApiError {
  const { def, subresource = '' } = target;
  const root = subresource.split('/')[0];
  if (def.storageKey === 'pods' && POD_SUBRESOURCES.includes(root)) {
    return notSupported(`${def.plural}/${root}`);
  }
  return def.custom ? notFound(def, target.name ?? '') : unknownPath();
}

function checkScope(target: ResourceRequest['target']): void {
  const { def, namespace, name } = target;
  if (!def.namespaced && namespace !== undefined) throw unknownPath();
  if (def.namespaced && namespace === undefined && name !== undefined) {
    throw unknownPath();
  }
  if (def.namespaced && namespace === '') {
    throw badRequest(`an empty namespace for ${groupResource(def)}`);
  }
}

function handleGet(context: ApiContext, request: ResourceRequest): void {
  const { target, req } = request;
  const form = negotiate(req.headers.accept);
  const { def, namespace, name = '' } = target;
  const stored = context.store.get(def.storageKey, namespace, name);
  if (!stored) throw notFound(def, name);
  sendObject(context, request, 200, fromStorage(def, stored), form);
}

function handleList(context: ApiContext, request: ResourceRequest): void {
  const { info, target, req, res } = request;
  const form = negotiate(req.headers.accept);
  const { def, namespace } = target;
  const page = listPage(context, def, namespace, info.query);
  if (form.rendering === 'object') {
    sendJson(res, 200, renderList(def, page));
    return;
  }
  const objects = pageObjects(def, page);
  const metadata = listMeta(page);
  const { version } = form;
  sendJson(
    res,
    200,
    form.rendering === 'table'
      ? tableOf(def, objects, {
          now: context.now(),
          version,
          includeObject: info.query.get('includeObject'),
          metadata,
        })
      : {
          kind: 'PartialObjectMetadataList',
          apiVersion: `meta.k8s.io/${version}`,
          metadata,
          items: objects.map(object => partialMetadata(object, version)),
        },
  );
}

function handleWatch(context: ApiContext, request: ResourceRequest): void {
  const { info, target, req, res } = request;
  const form = negotiate(req.headers.accept);
  const { def, namespace } = target;
  const what = { def, ...(namespace === undefined ? {} : { namespace }) };
  new WatchStream(context, what, info.query, form, res).start(req);
}

async function handleLog(
  context: ApiContext,
  { info, target, req, res }: ResourceRequest,
): Promise<void> {
  if (info.verb !== 'get') throw methodNotAllowed();
  const { namespace = '', name } = place(target);
  const where = { namespace, name };
  await servePodLog(context, target.def, where, info.query, req, res);
}

async function handleToken(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { target, user, res } = request;
  const { def, namespace = '', name = '' } = target;
  const body = await createBody(request);
  const metadata = { ...objectAt(body, 'metadata'), name, namespace };
  context.admit({
    operation: 'CREATE',
    def,
    subresource: 'token',
    namespace,
    name,
    user,
    object: { ...body, metadata } as KubeObject,
    dryRun: false,
    warn: () => undefined,
  });
  sendJson(res, 201, requestToken(context, def, namespace, name, body));
}

async function handleReview(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { target, user, res } = request;
  const body = await createBody(request);
  sendJson(res, 201, answerReview(context, target.def, body, user));
}

async function createBody({ info, req }: ResourceRequest): Promise<JsonObject> {
  if (info.verb !== 'create') throw methodNotAllowed();
  const body = parseBody(await readBody(req), req.headers['content-type']);
  if (!isObject(body)) throw badRequest('the body must be an object');
  return body;
}
