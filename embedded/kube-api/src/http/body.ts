import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../errors';
import type { Json } from '../json';
import { decodeProtobuf, PROTOBUF } from '../protobuf/decode';

/** As the real server's limit for a request. */
const MAX_BODY = 3 * 1024 * 1024;

export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) {
      throw new ApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BODY}`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

const MEDIA_TYPES = ['application/json', 'application/yaml', PROTOBUF];

/** @throws ApiError 415 for another type, 400 for text that does not parse */
export function parseBody(body: Buffer, contentType: string | undefined): Json {
  const type = (contentType ?? 'application/json').split(';')[0].trim();
  if (!MEDIA_TYPES.includes(type)) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${MEDIA_TYPES.join(
        ', ',
      )}`,
    );
  }
  if (type === PROTOBUF) return decodeProtobuf(body);
  const text = body.toString('utf8');
  try {
    return (
      type === 'application/yaml' ? parseYaml(text) : JSON.parse(text)
    ) as Json;
  } catch (error) {
    throw badRequest(
      `the object provided is unrecognized: couldn't get version/kind; ${
        type === 'application/yaml' ? 'yaml' : 'json'
      } parse error: ${(error as Error).message.slice(0, 200)}`,
    );
  }
}
