import { badRequest, methodNotAllowed } from '../errors';
import type { ApiContext } from '../context';
import { decodeObject } from '../rest/decode';
import { APPLY_PATCH, parseApplied, parsePatch } from '../rest/patch';
import { createObject, updateObject } from '../rest/write';
import { parseBody, readBody } from './body';
import { writeOptions } from './options';
import {
  place,
  sendObject,
  sendWarnings,
  withSubresource,
  type ResourceRequest,
} from './resource-request';
import { negotiate } from './respond';

export async function handleCreate(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { info, target, user, req, res } = request;
  if (target.name !== undefined) throw methodNotAllowed();
  const form = negotiate(req.headers.accept);
  const body = parseBody(await readBody(req), req.headers['content-type']);
  const warnings: string[] = [];
  const options = writeOptions('CreateOptions', info.query, user, warnings);
  const object = decodeObject(body, target.def, target.namespace);
  const created = createObject(context, target.def, object, options);
  sendWarnings(res, warnings);
  sendObject(context, request, 201, created, form);
}

export async function handleUpdate(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { info, target, user, req, res } = request;
  if (target.name === undefined) throw badRequest('name must be provided');
  const form = negotiate(req.headers.accept);
  const body = parseBody(await readBody(req), req.headers['content-type']);
  const warnings: string[] = [];
  const options = writeOptions('UpdateOptions', info.query, user, warnings);
  const object = decodeObject(body, target.def, target.namespace);
  const updated = updateObject(
    context,
    target.def,
    place(target),
    () => object,
    withSubresource(options, target),
  );
  sendWarnings(res, warnings);
  sendObject(context, request, 200, updated, form);
}

export async function handlePatch(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { info, target, user, req, res } = request;
  const { def, namespace } = target;
  if (target.name === undefined) throw methodNotAllowed();
  const form = negotiate(req.headers.accept);
  const contentType = req.headers['content-type'] ?? '';
  const text = (await readBody(req)).toString('utf8');
  const warnings: string[] = [];
  const options = writeOptions('PatchOptions', info.query, user, warnings);
  if (contentType.startsWith(APPLY_PATCH)) {
    requireManager(info.query);
    if (!context.store.get(def.storageKey, namespace, target.name)) {
      const object = decodeObject(parseApplied(text, def), def, namespace);
      const created = createObject(context, def, object, options);
      sendWarnings(res, warnings);
      sendObject(context, request, 201, created, form);
      return;
    }
  }
  const change = parsePatch(contentType, text, def);
  const patched = updateObject(
    context,
    def,
    place(target),
    current => decodeObject(change(current), def, namespace),
    withSubresource(options, target),
  );
  sendWarnings(res, warnings);
  sendObject(context, request, 200, patched, form);
}

function requireManager(query: URLSearchParams): void {
  if (query.get('fieldManager')) return;
  throw badRequest(
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  );
}
