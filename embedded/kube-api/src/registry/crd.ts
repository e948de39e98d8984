import { fieldError, type FieldError } from '../errors';
import {
  arrayAt,
  at,
  isObject,
  objectAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../json';
import type { KubeObject, StructuralSchema } from '../model';
import type { CelEngine } from '../cel/engine';
import { stepsOf } from '../http/json-path';
import { schemaErrors } from '../schema/install-check';

const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;

/** What would make a definition unusable here, or is not part of the subset. */
export function crdErrors(
  crd: KubeObject,
  engine: CelEngine,
  previous?: KubeObject,
): FieldError[] {
  const spec = objectAt(crd, 'spec');
  const group = stringAt(spec, 'group') ?? '';
  const plural = stringAt(spec, 'names', 'plural') ?? '';
  const errors: FieldError[] = [];
  if (!group) errors.push(fieldError.required('spec.group'));
  if (!plural) errors.push(fieldError.required('spec.names.plural'));
  if (!stringAt(spec, 'names', 'kind')) {
    errors.push(fieldError.required('spec.names.kind'));
  }
  if (crd.metadata.name !== `${plural}.${group}`) {
    errors.push(
      fieldError.invalid(
        'metadata.name',
        crd.metadata.name,
        'must be spec.names.plural+"."+spec.group',
      ),
    );
  }
  if (
    PROTECTED.test(group) &&
    !at(crd, 'metadata', 'annotations', 'api-approved.kubernetes.io')
  ) {
    errors.push(
      fieldError.required(
        'metadata.annotations[api-approved.kubernetes.io]',
        'protected groups must have approval annotation "api-approved.kubernetes.io"',
      ),
    );
  }
  const scopes = ['Cluster', 'Namespaced'];
  if (!scopes.includes(stringAt(spec, 'scope') ?? '')) {
    errors.push(fieldError.notSupported('spec.scope', spec.scope, scopes));
  }
  if (previous && at(previous, 'spec', 'scope') !== spec.scope) {
    errors.push(
      fieldError.invalid('spec.scope', spec.scope, 'field is immutable'),
    );
  }
  const strategy = stringAt(spec, 'conversion', 'strategy') ?? 'None';
  if (strategy !== 'None') {
    errors.push(
      fieldError.notSupported('spec.conversion.strategy', strategy, ['None']),
    );
  }
  return [...errors, ...versionErrors(spec, engine)];
}

function versionErrors(spec: JsonObject, engine: CelEngine): FieldError[] {
  const versions = arrayAt(spec, 'versions');
  const storage = versions.filter(version => at(version, 'storage') === true);
  const errors: FieldError[] =
    storage.length === 1
      ? []
      : [
          fieldError.invalid(
            'spec.versions',
            versions.length,
            'must have exactly one version marked as storage version',
          ),
        ];
  versions.forEach((version, index) =>
    errors.push(
      ...oneVersionErrors(version, `spec.versions[${index}]`, engine),
    ),
  );
  return errors;
}

function oneVersionErrors(
  version: Json,
  field: string,
  engine: CelEngine,
): FieldError[] {
  const schema = objectAt(version, 'schema', 'openAPIV3Schema');
  const errors: FieldError[] = [];
  if (!stringAt(version, 'name')) {
    errors.push(fieldError.required(`${field}.name`));
  }
  if (!Object.keys(schema).length) {
    errors.push(
      fieldError.required(
        `${field}.schema.openAPIV3Schema`,
        'schemas are required',
      ),
    );
  }
  if (objectAt(version, 'subresources').scale) {
    errors.push(
      fieldError.forbidden(
        `${field}.subresources.scale`,
        'the scale subresource is not part of the embedded API server',
      ),
    );
  }
  arrayAt(version, 'additionalPrinterColumns').forEach((column, index) => {
    const path = stringAt(column, 'jsonPath') ?? '';
    try {
      stepsOf(path);
    } catch (error) {
      errors.push(
        fieldError.invalid(
          `${field}.additionalPrinterColumns[${index}].jsonPath`,
          path,
          (error as Error).message,
        ),
      );
    }
  });
  return [
    ...errors,
    ...schemaErrors(
      schema as StructuralSchema,
      `${field}.schema.openAPIV3Schema`,
      engine,
    ),
  ];
}

/** Accepts the names and marks the definition as served, in place. */
export function withCrdStatus(crd: KubeObject, now?: Date): void {
  const names = objectAt(crd, 'spec', 'names');
  const kind = stringAt(names, 'kind') ?? '';
  const accepted: JsonObject = {
    ...names,
    kind,
    singular: stringAt(names, 'singular') ?? kind.toLowerCase(),
    listKind: stringAt(names, 'listKind') ?? `${kind}List`,
  };
  if (isObject(crd.spec)) {
    crd.spec = {
      conversion: { strategy: 'None' },
      ...crd.spec,
      names: accepted,
    };
  }
  const since = now?.toISOString().replace(/\.\d+Z$/, 'Z');
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    reason,
    message,
    lastTransitionTime:
      since ??
      stringAt(
        arrayAt(crd, 'status', 'conditions').find(
          item => stringAt(item, 'type') === type,
        ),
        'lastTransitionTime',
      ) ??
      crd.metadata.creationTimestamp,
  });
  crd.status = {
    acceptedNames: accepted,
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition(
        'Established',
        'InitialNamesAccepted',
        'the initial names have been accepted',
      ),
    ],
    storedVersions: arrayAt(crd, 'spec', 'versions')
      .filter(version => at(version, 'storage') === true)
      .map(version => stringAt(version, 'name') ?? ''),
  };
}
