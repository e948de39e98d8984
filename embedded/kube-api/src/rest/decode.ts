import { badRequest, invalid, fieldError } from '../errors';
import { isObject, objectAt, type Json, type JsonObject } from '../json';
import { apiVersionOf, type KubeObject, type ResourceDef } from '../model';

/**
 * A request's body as an object of this resource, on a namespace.
 * @throws ApiError 400 in the API server's words
 */
export function decodeObject(
  body: Json,
  def: ResourceDef,
  namespace: string | undefined,
): KubeObject {
  const object = envelope(body, def);
  checkMetadata(object, def);
  const { metadata } = object;
  if (!def.namespaced) {
    if (metadata.namespace) {
      throw badRequest(
        'namespace should not be set on objects of a cluster-scoped resource',
      );
    }
    delete metadata.namespace;
  } else if (metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  } else {
    metadata.namespace = namespace;
  }
  delete metadata.managedFields;
  delete metadata.selfLink;
  return object;
}

function envelope(body: Json, def: ResourceDef): KubeObject {
  if (!isObject(body)) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${def.kind}): couldn't get version/kind; the body is not a JSON object`,
    );
  }
  const expected = apiVersionOf(def);
  // As in the real server, the path says what a built-in kind is.
  const kind = body.kind || (def.custom ? undefined : def.kind);
  if (typeof kind !== 'string' || !kind) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${
        def.kind
      }): Object 'Kind' is missing in '${JSON.stringify(body).slice(0, 200)}'`,
    );
  }
  const apiVersion = body.apiVersion || (def.custom ? '' : expected);
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  const metadata = body.metadata ?? {};
  if (!isObject(metadata)) {
    throw badRequest(`${def.kind}: metadata must be an object`);
  }
  const object = {
    ...body,
    kind,
    apiVersion,
    metadata: { ...metadata },
  } as KubeObject;
  if (kind !== def.kind) {
    throw invalid(
      { group: def.group, kind },
      typeof metadata.name === 'string' ? metadata.name : '',
      [fieldError.invalid('kind', kind, `must be ${def.kind}`)],
    );
  }
  return object;
}

const STRING_FIELDS = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
];

/** Go's decoder refuses a wrong type before anything else looks at the object. */
function checkMetadata(object: KubeObject, def: ResourceDef): void {
  const metadata: JsonObject = object.metadata;
  const bad = (field: string, actual: unknown) =>
    badRequest(
      `${def.kind} in version "${def.version}" cannot be handled as a ${
        def.kind
      }: json: cannot unmarshal ${goName(
        actual,
      )} into Go struct field ObjectMeta.${field} of type string`,
    );
  for (const field of STRING_FIELDS) {
    const value = metadata[field];
    if (value === null) delete metadata[field];
    else if (value !== undefined && typeof value !== 'string') {
      throw bad(field, value);
    }
  }
  for (const field of ['labels', 'annotations']) {
    const value = metadata[field];
    if (value === null) delete metadata[field];
    else if (value !== undefined && !isObject(value)) throw bad(field, value);
    for (const [key, item] of Object.entries(objectAt(metadata, field))) {
      if (item === null) delete (value as JsonObject)[key];
      else if (typeof item !== 'string') throw bad(field, item);
    }
  }
  for (const field of ['ownerReferences', 'finalizers']) {
    const value = metadata[field];
    if (value === null) delete metadata[field];
    else if (value !== undefined && !Array.isArray(value)) {
      throw bad(field, value);
    }
  }
}

function goName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}
