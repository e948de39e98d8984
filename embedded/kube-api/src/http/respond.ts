import type { ServerResponse } from 'node:http';
import { ApiError } from '../errors';

/** How a client wants its answer. */
export type Rendering = 'object' | 'table' | 'metadata';

export interface AcceptedForm {
  rendering: Rendering;
  /** Version of meta.k8s.io that was asked for. */
  version: string;
  yaml: boolean;
}

/** @throws ApiError 406 if none of the asked forms can be given */
export function negotiate(accept: string | undefined): AcceptedForm {
  const wanted = (accept || '*/*').split(',').map(item => item.trim());
  for (const item of wanted) {
    const [type, ...parameters] = item.split(';').map(part => part.trim());
    const as = parameterOf(parameters, 'as');
    const version = parameterOf(parameters, 'v') ?? 'v1';
    const json = ['application/json', 'application/*', '*/*'].includes(type);
    if (!json && type !== 'application/yaml') continue;
    const yaml = type === 'application/yaml';
    if (!as) return { rendering: 'object', version: 'v1', yaml };
    if (as === 'Table') return { rendering: 'table', version, yaml };
    if (as.startsWith('PartialObjectMetadata')) {
      return { rendering: 'metadata', version, yaml };
    }
  }
  throw new ApiError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
    {},
  );
}

export function parameterOf(
  parameters: string[],
  name: string,
): string | undefined {
  return parameters
    .find(parameter => parameter.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

export function sendJson(
  res: ServerResponse,
  code: number,
  body: string | object,
  contentType = 'application/json',
): void {
  const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
  res.writeHead(code, {
    'content-type': contentType,
    'cache-control': 'no-cache, private',
    'content-length': Buffer.byteLength(text),
  });
  res.end(text);
}

export function sendText(
  res: ServerResponse,
  code: number,
  text: string,
): void {
  res.writeHead(code, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  res.end(text);
}
