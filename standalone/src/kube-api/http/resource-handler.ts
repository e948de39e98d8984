import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ApiError,
  badRequest,
  methodNotAllowed,
  notFound,
  notSupported,
  unknownPath,
} from '../errors';
import { isObject, type JsonObject } from '../json';
import type { ApiContext, WriteOptions } from '../context';
import type { UserInfo } from '../auth/rbac';
import { answerReview } from '../auth/reviews';
import { requestToken } from '../auth/token-request';
import { groupResource, type KubeObject, type ResourceDef } from '../model';
import { deleteObject, parseDeleteOptions } from '../rest/delete';
import { decodeObject } from '../rest/decode';
import { listMeta, listPage, pageObjects, renderList } from '../rest/list';
import { APPLY_PATCH, parseApplied, parsePatch } from '../rest/patch';
import { fromStorage } from '../rest/versions';
import { createObject, updateObject } from '../rest/write';
import { parseBody, readBody } from './body';
import { writeOptions } from './options';
import { servePodLog } from './pod-logs';
import type { RequestInfo, ResourceTarget } from './request-info';
import { negotiate, sendJson, type AcceptedForm } from './respond';
import { partialMetadata, tableOf } from './table';
import { WatchStream } from './watch';

/** One request for a resource, after it was allowed. */
export interface ResourceRequest {
  info: RequestInfo;
  target: ResourceTarget & { def: ResourceDef };
  user: UserInfo;
  req: IncomingMessage;
  res: ServerResponse;
}

export class ResourceHandler {
  constructor(private readonly context: ApiContext) {}

  async handle(request: ResourceRequest): Promise<void> {
    const { info, target, req, res } = request;
    const { def, subresource } = target;
    checkScope(target);
    if (subresource && !def.subresources.includes(subresource)) {
      throw this.unknownSubresource(target);
    }
    if (subresource === 'log') {
      await servePodLog(
        this.context,
        def,
        place(target) as { namespace: string; name: string },
        info.query,
        req,
        res,
      );
      return;
    }
    if (subresource === 'token') {
      await this.token(request);
      return;
    }
    if (subresource === 'finalize') throw notSupported('namespaces/finalize');
    if (def.verbs.length === 1) {
      await this.review(request);
      return;
    }
    await this.dispatch(request);
  }

  private dispatch(request: ResourceRequest): Promise<void> | void {
    switch (request.info.verb) {
      case 'get':
        return this.get(request);
      case 'list':
        return this.list(request);
      case 'watch':
        return this.watch(request);
      case 'create':
        return this.create(request);
      case 'update':
        return this.update(request);
      case 'patch':
        return this.patch(request);
      case 'delete':
        return this.delete(request);
      case 'deletecollection':
        return this.deleteCollection(request);
      default:
        throw methodNotAllowed();
    }
  }

  private unknownSubresource(target: ResourceRequest['target']): ApiError {
    const { def, subresource = '' } = target;
    const known = [
      'exec',
      'attach',
      'portforward',
      'proxy',
      'eviction',
      'ephemeralcontainers',
      'binding',
      'resize',
      'scale',
      'approval',
    ];
    const root = subresource.split('/')[0];
    if (def.storageKey === 'pods' && known.includes(root)) {
      return notSupported(`${def.plural}/${root}`);
    }
    return def.custom ? notFound(def, target.name ?? '') : unknownPath();
  }

  private get({ info, target, req, res }: ResourceRequest): void {
    const form = negotiate(req.headers.accept);
    const { def, namespace, name = '' } = target;
    const stored = this.context.store.get(def.storageKey, namespace, name);
    if (!stored) throw notFound(def, name);
    this.sendObject(res, 200, def, fromStorage(def, stored), form, info.query);
  }

  private list({ info, target, req, res }: ResourceRequest): void {
    const form = negotiate(req.headers.accept);
    const { def, namespace } = target;
    const page = listPage(this.context, def, namespace, info.query);
    if (form.rendering === 'object') {
      sendJson(res, 200, renderList(def, page));
      return;
    }
    const objects = pageObjects(def, page);
    const metadata = listMeta(page);
    sendJson(
      res,
      200,
      form.rendering === 'table'
        ? tableOf(def, objects, {
            now: this.context.now(),
            version: form.version,
            includeObject: info.query.get('includeObject'),
            metadata,
          })
        : {
            kind: 'PartialObjectMetadataList',
            apiVersion: `meta.k8s.io/${form.version}`,
            metadata,
            items: objects.map(object => partialMetadata(object, form.version)),
          },
    );
  }

  private watch({ info, target, req, res }: ResourceRequest): void {
    const form = negotiate(req.headers.accept);
    const { def, namespace } = target;
    new WatchStream(
      this.context,
      { def, ...(namespace === undefined ? {} : { namespace }) },
      info.query,
      form,
      res,
    ).start(req);
  }

  private async create(request: ResourceRequest): Promise<void> {
    const { info, target, user, req, res } = request;
    if (target.name !== undefined) throw methodNotAllowed();
    const form = negotiate(req.headers.accept);
    const body = parseBody(await readBody(req), req.headers['content-type']);
    const warnings: string[] = [];
    const options = writeOptions('CreateOptions', info.query, user, warnings);
    const object = decodeObject(body, target.def, target.namespace);
    const created = createObject(this.context, target.def, object, options);
    warn(res, warnings);
    this.sendObject(res, 201, target.def, created, form, info.query);
  }

  private async update(request: ResourceRequest): Promise<void> {
    const { info, target, user, req, res } = request;
    if (target.name === undefined) throw badRequest('name must be provided');
    const form = negotiate(req.headers.accept);
    const body = parseBody(await readBody(req), req.headers['content-type']);
    const warnings: string[] = [];
    const options = writeOptions('UpdateOptions', info.query, user, warnings);
    const object = decodeObject(body, target.def, target.namespace);
    const updated = updateObject(
      this.context,
      target.def,
      place(target),
      () => object,
      withSubresource(options, target),
    );
    warn(res, warnings);
    this.sendObject(res, 200, target.def, updated, form, info.query);
  }

  private async patch(request: ResourceRequest): Promise<void> {
    const { info, target, user, req, res } = request;
    const { def } = target;
    if (target.name === undefined) throw methodNotAllowed();
    const form = negotiate(req.headers.accept);
    const contentType = req.headers['content-type'] ?? '';
    const text = (await readBody(req)).toString('utf8');
    const warnings: string[] = [];
    const options = writeOptions('PatchOptions', info.query, user, warnings);
    const applied = contentType.startsWith(APPLY_PATCH);
    const exists = this.context.store.get(
      def.storageKey,
      target.namespace,
      target.name,
    );
    if (applied && !info.query.get('fieldManager')) {
      throw badRequest(
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
    }
    if (applied && !exists && !target.subresource) {
      const object = decodeObject(
        parseApplied(text, def),
        def,
        target.namespace,
      );
      const created = createObject(this.context, def, object, options);
      warn(res, warnings);
      this.sendObject(res, 201, def, created, form, info.query);
      return;
    }
    const change = parsePatch(contentType, text, def);
    const patched = updateObject(
      this.context,
      def,
      place(target),
      current => {
        const next = change(current);
        return decodeObject(next, def, target.namespace);
      },
      withSubresource(options, target),
    );
    warn(res, warnings);
    this.sendObject(res, 200, def, patched, form, info.query);
  }

  private async delete(request: ResourceRequest): Promise<void> {
    const { info, target, user, req, res } = request;
    const { def } = target;
    if (target.subresource) throw methodNotAllowed();
    const body = await deleteBody(req);
    const warnings: string[] = [];
    const options = writeOptions('DeleteOptions', info.query, user, warnings);
    const wanted = parseDeleteOptions(body, info.query);
    const { object, gone } = deleteObject(
      this.context,
      def,
      place(target),
      wanted,
      options,
    );
    warn(res, warnings);
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

  private async deleteCollection(request: ResourceRequest): Promise<void> {
    const { info, target, user, req, res } = request;
    const { def, namespace } = target;
    if (!def.verbs.includes('deletecollection')) throw methodNotAllowed();
    const body = await deleteBody(req);
    const warnings: string[] = [];
    const options = writeOptions('DeleteOptions', info.query, user, warnings);
    const wanted = parseDeleteOptions(body, info.query);
    const page = listPage(this.context, def, namespace, info.query);
    for (const { object } of page.entries) {
      const { name } = object.metadata;
      deleteObject(
        this.context,
        def,
        { name, namespace: object.metadata.namespace },
        wanted,
        options,
      );
    }
    warn(res, warnings);
    sendJson(res, 200, renderList(def, page));
  }

  private async review({ target, user, req, res, info }: ResourceRequest) {
    if (info.verb !== 'create') throw methodNotAllowed();
    const body = parseBody(await readBody(req), req.headers['content-type']);
    if (!isObject(body)) throw badRequest('the body must be an object');
    sendJson(res, 201, answerReview(this.context, target.def, body, user));
  }

  private async token({ target, req, res, info }: ResourceRequest) {
    if (info.verb !== 'create') throw methodNotAllowed();
    const { def, namespace = '', name = '' } = target;
    const body = parseBody(await readBody(req), req.headers['content-type']);
    if (!isObject(body)) throw badRequest('the body must be an object');
    const answer = requestToken(this.context, def, namespace, name, body);
    sendJson(res, 201, answer);
  }

  private sendObject(
    res: ServerResponse,
    code: number,
    def: ResourceDef,
    object: KubeObject,
    form: AcceptedForm,
    query: URLSearchParams,
  ): void {
    if (form.rendering === 'object') sendJson(res, code, object);
    else if (form.rendering === 'metadata') {
      sendJson(res, code, partialMetadata(object, form.version));
    } else {
      const table = tableOf(def, [object], {
        now: this.context.now(),
        version: form.version,
        includeObject: query.get('includeObject'),
        metadata: { resourceVersion: object.metadata.resourceVersion },
      });
      sendJson(res, code, table);
    }
  }
}

function place(target: ResourceTarget): { namespace?: string; name: string } {
  return {
    name: target.name ?? '',
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
  };
}

function withSubresource(
  options: WriteOptions,
  target: ResourceTarget,
): WriteOptions {
  return target.subresource === 'status'
    ? { ...options, subresource: 'status' }
    : options;
}

function warn(res: ServerResponse, warnings: string[]): void {
  if (!warnings.length) return;
  const quoted = (text: string) =>
    text
      .replace(/[\u0000-\u001f\u007f-\uffff]/g, ' ')
      .replace(/["\\]/g, '\\$&');
  res.setHeader(
    'warning',
    warnings.map(text => `299 - "${quoted(text)}"`),
  );
}

async function deleteBody(req: IncomingMessage): Promise<JsonObject> {
  const bytes = await readBody(req);
  if (!bytes.length) return {};
  const body = parseBody(bytes, req.headers['content-type']);
  if (!isObject(body)) throw badRequest('the body must be DeleteOptions');
  return body;
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
