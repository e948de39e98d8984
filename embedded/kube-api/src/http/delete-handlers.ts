import type { IncomingMessage } from 'node:http';
import { badRequest, methodNotAllowed } from '../errors';
import { isObject, type JsonObject } from '../json';
import type { ApiContext } from '../context';
import { deleteObject, parseDeleteOptions } from '../rest/delete';
import { listPage, renderList } from '../rest/list';
import { parseBody, readBody } from './body';
import { writeOptions } from './options';
import { place, sendWarnings, type ResourceRequest } from './resource-request';
import { sendJson } from './respond';

export async function handleDelete(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { info, target, user, req, res } = request;
  const { def } = target;
  if (target.subresource) throw methodNotAllowed();
  const body = await deleteBody(req);
  const warnings: string[] = [];
  const options = writeOptions('DeleteOptions', info.query, user, warnings);
  const wanted = parseDeleteOptions(body, info.query);
  const { object, gone } = deleteObject(
    context,
    def,
    place(target),
    wanted,
    options,
  );
  sendWarnings(res, warnings);
  if (!gone) {
    sendJson(res, 200, object);
    return;
  }
  sendJson(res, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata.name,
      ...(def.group ? { group: def.group } : {}),
      kind: def.plural,
      uid: object.metadata.uid,
    },
  });
}

export async function handleDeleteCollection(
  context: ApiContext,
  request: ResourceRequest,
): Promise<void> {
  const { info, target, user, req, res } = request;
  const { def, namespace } = target;
  if (!def.verbs.includes('deletecollection')) throw methodNotAllowed();
  const body = await deleteBody(req);
  const warnings: string[] = [];
  const options = writeOptions('DeleteOptions', info.query, user, warnings);
  const wanted = parseDeleteOptions(body, info.query);
  const page = listPage(context, def, namespace, info.query);
  for (const { object } of page.entries) {
    const { name } = object.metadata;
    const where = { name, namespace: object.metadata.namespace };
    deleteObject(context, def, where, wanted, options);
  }
  sendWarnings(res, warnings);
  sendJson(res, 200, renderList(def, page));
}

/** Bodies of a delete are optional. */
async function deleteBody(req: IncomingMessage): Promise<JsonObject> {
  const bytes = await readBody(req);
  if (!bytes.length) return {};
  const body = parseBody(bytes, req.headers['content-type']);
  if (!isObject(body)) throw badRequest('the body must be DeleteOptions');
  return body;
}
