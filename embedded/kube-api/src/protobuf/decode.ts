import { ApiError, badRequest } from '../errors';
import { isObject, type Json, type JsonObject } from '../json';
import { messageNamed, type ProtoField } from './messages';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

/**
 * A body in Kubernetes' protobuf form as JSON.
 * @throws ApiError 415 for a kind that is not in the table, 400 for broken bytes
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, 4).equals(MAGIC)) {
    throw badRequest(
      'the body does not begin with the prefix of the protobuf form',
    );
  }
  const { apiVersion, kind, raw } = readEnvelope(body.subarray(4));
  if (!messageNamed(kind)) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the embedded API server does not read ${kind} in the protobuf form - accepted media types include: application/json, application/yaml`,
    );
  }
  return { apiVersion, kind, ...readMessage(raw, kind) };
}

interface WireField {
  number: number;
  value: bigint | Buffer;
}

/** Groups and fixed-width numbers do not occur in these messages. */
function* fieldsOf(bytes: Buffer): Generator<WireField> {
  let offset = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[offset++];
      if (byte === undefined) throw badRequest('the protobuf body is cut off');
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, result);
    }
    throw badRequest('the protobuf body holds a broken number');
  };
  while (offset < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    const number = tag >>> 3;
    if (wire === 0) yield { number, value: varint() };
    else if (wire === 2) {
      const length = Number(varint());
      if (length < 0 || offset + length > bytes.length) {
        throw badRequest('the protobuf body is cut off');
      }
      yield { number, value: bytes.subarray(offset, offset + length) };
      offset += length;
    } else {
      throw badRequest(`the protobuf body holds the wire type ${wire}`);
    }
  }
}

function readEnvelope(bytes: Buffer): {
  apiVersion: string;
  kind: string;
  raw: Buffer;
} {
  const envelope = { apiVersion: '', kind: '', raw: Buffer.alloc(0) as Buffer };
  for (const { number, value } of fieldsOf(bytes)) {
    if (!Buffer.isBuffer(value)) continue;
    if (number === 2) envelope.raw = value;
    if (number !== 1) continue;
    for (const meta of fieldsOf(value)) {
      if (meta.number === 1) envelope.apiVersion = String(meta.value);
      if (meta.number === 2) envelope.kind = String(meta.value);
    }
  }
  return envelope;
}

function readMessage(bytes: Buffer, name: string): JsonObject {
  const message = messageNamed(name);
  if (!message) throw badRequest(`unknown protobuf message ${name}`);
  const result: JsonObject = {};
  for (const { number, value } of fieldsOf(bytes)) {
    const field = message.get(number);
    if (field) addField(result, field, value);
  }
  return result;
}

function addField(
  result: JsonObject,
  field: ProtoField,
  value: bigint | Buffer,
): void {
  if (field.shape === 'list') {
    const list = (result[field.name] ??= []) as Json[];
    list.push(readValue(field, value) ?? null);
    return;
  }
  if (field.shape === 'map') {
    const map = (result[field.name] ??= {}) as JsonObject;
    let key = '';
    let item: Json = '';
    for (const entry of fieldsOf(value as Buffer)) {
      if (entry.number === 1) key = String(entry.value);
      else item = readValue(field, entry.value) ?? '';
    }
    map[key] = item;
    return;
  }
  const read = readValue(field, value);
  if (read === undefined) return;
  if (!field.keepZero && isZero(read)) return;
  result[field.name] = read;
}

/** Go writes unset plain fields as zeros; JSON leaves them out. */
function isZero(value: Json): boolean {
  return (
    value === '' ||
    value === 0 ||
    value === false ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

function readValue(
  field: ProtoField,
  value: bigint | Buffer,
): Json | undefined {
  if (typeof value === 'bigint') {
    return field.type === 'bool' ? value !== 0n : Number(value);
  }
  switch (field.type) {
    case 'string':
      return value.toString('utf8');
    case 'bytes':
      return value.toString('base64');
    case 'time':
      return readTime(value);
    default:
      return readMessage(value, field.type);
  }
}

function readTime(bytes: Buffer): string | undefined {
  let seconds = 0;
  for (const { number, value } of fieldsOf(bytes)) {
    if (number === 1) seconds = Number(value);
  }
  // Go's zero time lies in the year 1: it means "not set".
  if (seconds <= 0) return undefined;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
