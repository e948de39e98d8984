import { fieldError, type FieldError } from '../errors';
import { arrayAt, equal, objectAt, stringAt } from '../json';
import type { KubeObject, ResourceDef } from '../model';

const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED_TEXT =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const MAX_ANNOTATIONS = 256 * 1024;

export function metadataErrors(
  object: KubeObject,
  def: ResourceDef,
): FieldError[] {
  return [
    ...nameErrors(object, def),
    ...labelErrors(object),
    ...annotationErrors(object),
    ...ownerErrors(object),
    ...finalizerErrors(object),
  ];
}

function nameErrors(object: KubeObject, def: ResourceDef): FieldError[] {
  const { name } = object.metadata;
  const field = 'metadata.name';
  if (!name) {
    return [fieldError.required(field, 'name or generateName is required')];
  }
  if (def.group === 'rbac.authorization.k8s.io') {
    const bad = name === '.' || name === '..' || /[/%]/.test(name);
    return bad
      ? [fieldError.invalid(field, name, "may not contain '/' or '%'")]
      : [];
  }
  const short = ['namespaces', 'services'].includes(def.storageKey);
  const max = short ? 63 : 253;
  const errors: FieldError[] = [];
  if (name.length > max) {
    errors.push(
      fieldError.invalid(field, name, `must be no more than ${max} bytes`),
    );
  }
  if (!(short ? LABEL : SUBDOMAIN).test(name)) {
    errors.push(
      fieldError.invalid(field, name, short ? LABEL_TEXT : SUBDOMAIN_TEXT),
    );
  }
  return errors;
}

function qualifiedNameProblem(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) {
    return `a qualified name must consist of a name with an optional DNS subdomain prefix and '/'`;
  }
  const name = parts[parts.length - 1];
  if (parts.length === 2 && !SUBDOMAIN.test(parts[0])) {
    return `prefix part ${SUBDOMAIN_TEXT}`;
  }
  if (!name) return 'name part must be non-empty';
  if (name.length > 63) return 'name part must be no more than 63 bytes';
  return QUALIFIED.test(name) ? undefined : QUALIFIED_TEXT;
}

function labelErrors(object: KubeObject): FieldError[] {
  const field = 'metadata.labels';
  return Object.entries(objectAt(object, 'metadata', 'labels')).flatMap(
    ([key, value]) => {
      const errors: FieldError[] = [];
      const problem = qualifiedNameProblem(key);
      if (problem) errors.push(fieldError.invalid(field, key, problem));
      const text = String(value);
      if (text.length > 63) {
        errors.push(
          fieldError.invalid(field, text, 'must be no more than 63 bytes'),
        );
      } else if (text && !QUALIFIED.test(text)) {
        errors.push(fieldError.invalid(field, text, VALUE_TEXT));
      }
      return errors;
    },
  );
}

function annotationErrors(object: KubeObject): FieldError[] {
  const field = 'metadata.annotations';
  const annotations = objectAt(object, 'metadata', 'annotations');
  let size = 0;
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(annotations)) {
    size += Buffer.byteLength(key) + Buffer.byteLength(String(value));
    const problem = qualifiedNameProblem(key.toLowerCase());
    if (problem) errors.push(fieldError.invalid(field, key, problem));
  }
  if (size > MAX_ANNOTATIONS) {
    errors.push(fieldError.tooLong(field, MAX_ANNOTATIONS));
  }
  return errors;
}

function ownerErrors(object: KubeObject): FieldError[] {
  const owners = arrayAt(object, 'metadata', 'ownerReferences');
  const errors = owners.flatMap(owner =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter(key => !stringAt(owner, key))
      .map(key =>
        fieldError.invalid(
          `metadata.ownerReferences.${key}`,
          '',
          key === 'apiVersion'
            ? 'version must not be empty'
            : 'must not be empty',
        ),
      ),
  );
  const controllers = owners.filter(
    owner => objectAt({ owner }, 'owner').controller === true,
  );
  if (controllers.length > 1) {
    errors.push(
      fieldError.invalid(
        'metadata.ownerReferences',
        owners,
        'Only one reference can have Controller set to true',
      ),
    );
  }
  return errors;
}

function finalizerErrors(object: KubeObject): FieldError[] {
  return arrayAt(object, 'metadata', 'finalizers').flatMap(
    (finalizer, index) => {
      const problem =
        typeof finalizer === 'string'
          ? qualifiedNameProblem(finalizer)
          : 'must be a string';
      return problem
        ? [
            fieldError.invalid(
              `metadata.finalizers[${index}]`,
              finalizer,
              problem,
            ),
          ]
        : [];
    },
  );
}

/** What an update may never change. */
export function immutableMetadataErrors(
  next: KubeObject,
  previous: KubeObject,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of ['name', 'namespace', 'uid', 'creationTimestamp']) {
    const value = next.metadata[key];
    if (value === undefined) continue;
    if (!equal(value, previous.metadata[key])) {
      errors.push(
        fieldError.invalid(`metadata.${key}`, value, 'field is immutable'),
      );
    }
  }
  return errors;
}
