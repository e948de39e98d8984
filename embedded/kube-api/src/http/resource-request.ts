import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UserInfo } from '../auth/rbac';
import type { ApiContext, WriteOptions } from '../context';
import type { KubeObject, ResourceDef } from '../model';
import type { RequestInfo, ResourceTarget } from './request-info';
import { sendJson, type AcceptedForm } from './respond';
import { partialMetadata, tableOf } from './table';

/** One request for a resource, after it was allowed. */
export interface ResourceRequest {
  info: RequestInfo;
  target: ResourceTarget & { def: ResourceDef };
  user: UserInfo;
  req: IncomingMessage;
  res: ServerResponse;
}

/** Where the object of a request is. */
export function place(target: ResourceTarget): {
  namespace?: string;
  name: string;
} {
  return {
    name: target.name ?? '',
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
  };
}

export function withSubresource(
  options: WriteOptions,
  target: ResourceTarget,
): WriteOptions {
  return target.subresource === 'status'
    ? { ...options, subresource: 'status' }
    : options;
}

export function sendObject(
  context: ApiContext,
  request: ResourceRequest,
  code: number,
  object: KubeObject,
  form: AcceptedForm,
): void {
  const { res, info, target } = request;
  if (form.rendering === 'object') sendJson(res, code, object);
  else if (form.rendering === 'metadata') {
    sendJson(res, code, partialMetadata(object, form.version));
  } else {
    const table = tableOf(target.def, [object], {
      now: context.now(),
      version: form.version,
      includeObject: info.query.get('includeObject'),
      metadata: { resourceVersion: object.metadata.resourceVersion },
    });
    sendJson(res, code, table);
  }
}

/** Tells what was done differently from what was asked. */
export function sendWarnings(res: ServerResponse, warnings: string[]): void {
  if (!warnings.length) return;
  const quoted = (text: string) =>
    text.replace(/[^\x20-\x7e]/g, ' ').replace(/["\\]/g, '\\$&');
  res.setHeader(
    'warning',
    warnings.map(text => `299 - "${quoted(text)}"`),
  );
}
