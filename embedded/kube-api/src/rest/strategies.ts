import {
  badRequest,
  fieldError,
  notSupported,
  type FieldError,
} from '../errors';
import {
  equal,
  isObject,
  objectAt,
  stringAt,
  stringsAt,
  type Json,
} from '../json';
import type { ApiContext } from '../context';
import type { KubeObject, ResourceDef } from '../model';
import { crdErrors, withCrdStatus } from '../registry/crd';
import { bindingErrors, policyErrors } from '../admission/check';

/** What one built-in kind does beside the common rules. The hooks may change `object`. */
export interface Strategy {
  prepareCreate?(object: KubeObject, now: Date): void;
  prepareUpdate?(object: KubeObject, previous: KubeObject): void;
  /** Runs when an update's generation is known. */
  afterGeneration?(object: KubeObject): void;
  validate?(
    object: KubeObject,
    context: ApiContext,
    previous?: KubeObject,
  ): FieldError[];
  /** Bumps metadata.generation when anything but metadata and status changes. */
  hasGeneration?: boolean;
  /** A write to the main resource leaves `status` as it is. */
  hasStatus?: boolean;
}

const RBAC = 'rbac.authorization.k8s.io';

const STRATEGIES: Record<string, Strategy> = {
  namespaces: {
    hasStatus: true,
    prepareCreate(object) {
      object.spec = { finalizers: ['kubernetes'] };
      object.status = { phase: 'Active' };
      labelWithName(object);
    },
    prepareUpdate(object, previous) {
      object.spec = previous.spec;
      labelWithName(object);
    },
  },
  configmaps: {
    validate: (object, _context, previous) => [
      ...stringMapErrors(object, 'data'),
      ...stringMapErrors(object, 'binaryData'),
      ...frozenErrors(object, previous),
    ],
  },
  secrets: {
    prepareCreate: foldStringData,
    prepareUpdate: foldStringData,
    validate: (object, _context, previous) => [
      ...stringMapErrors(object, 'data'),
      ...frozenErrors(object, previous),
      ...(previous && object.type !== previous.type
        ? [fieldError.invalid('type', object.type, 'field is immutable')]
        : []),
    ],
  },
  pods: {
    hasStatus: true,
    prepareCreate(object) {
      object.status = { phase: 'Pending', qosClass: 'BestEffort' };
    },
    validate: podErrors,
  },
  services: { hasStatus: true },
  [`clusterrolebindings.${RBAC}`]: bindingStrategy(),
  [`rolebindings.${RBAC}`]: bindingStrategy(),
  [`clusterroles.${RBAC}`]: {
    validate(object) {
      if (object.aggregationRule) throw notSupported('ClusterRole aggregation');
      return roleErrors(object);
    },
  },
  [`roles.${RBAC}`]: { validate: roleErrors },
  'validatingadmissionpolicies.admissionregistration.k8s.io': {
    hasGeneration: true,
    hasStatus: true,
    prepareCreate: observed,
    afterGeneration: observed,
    validate: (object, context) => policyErrors(object, context.cel),
  },
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': {
    hasGeneration: true,
    validate: object => bindingErrors(object),
  },
  'customresourcedefinitions.apiextensions.k8s.io': {
    hasGeneration: true,
    hasStatus: true,
    prepareCreate: (object, now) => withCrdStatus(object, now),
    prepareUpdate: object => withCrdStatus(object),
    validate: (object, context, previous) =>
      crdErrors(object, context.cel, previous),
  },
};

export function strategyOf(def: ResourceDef): Strategy {
  if (def.custom) {
    return { hasGeneration: true, hasStatus: def.custom.hasStatus };
  }
  return STRATEGIES[def.storageKey] ?? {};
}

function labelWithName(object: KubeObject): void {
  object.metadata.labels = {
    ...objectAt(object, 'metadata', 'labels'),
    'kubernetes.io/metadata.name': object.metadata.name,
  };
}

/** The type checker of the real server would fill in more. */
function observed(object: KubeObject): void {
  object.status = {
    observedGeneration: object.metadata.generation,
    typeChecking: {},
  };
}

function foldStringData(object: KubeObject): void {
  if (isObject(object.stringData)) {
    const encoded = Object.entries(object.stringData).map(([key, value]) => [
      key,
      Buffer.from(String(value)).toString('base64'),
    ]);
    object.data = {
      ...objectAt(object, 'data'),
      ...Object.fromEntries(encoded),
    };
  }
  delete object.stringData;
  object.type ??= 'Opaque';
}

function stringMapErrors(object: KubeObject, field: string): FieldError[] {
  const data = object[field];
  if (data === undefined || data === null) return [];
  if (!isObject(data)) throw wrongType(object, field, data);
  return Object.entries(data).flatMap(([key, value]) => {
    const path = `${field}[${key}]`;
    if (typeof value !== 'string') throw wrongType(object, field, value);
    return /^[-._a-zA-Z0-9]+$/.test(key)
      ? []
      : [
          fieldError.invalid(
            path,
            key,
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
          ),
        ];
  });
}

/** A real server's decoder stops at a wrong type, before any validation. */
function wrongType(object: KubeObject, field: string, value: unknown): Error {
  const { kind } = object;
  return badRequest(
    `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${
      typeof value === 'boolean' ? 'bool' : typeof value
    } into Go struct field ${kind}.${field} of type string`,
  );
}

function frozenErrors(
  object: KubeObject,
  previous: KubeObject | undefined,
): FieldError[] {
  if (previous?.immutable !== true) return [];
  const changed = ['data', 'binaryData', 'immutable'].filter(
    key => !equal(object[key], previous[key]),
  );
  return changed.map(key =>
    fieldError.forbidden(key, 'field is immutable when `immutable` is set'),
  );
}

function bindingStrategy(): Strategy {
  return {
    prepareCreate: completeBinding,
    prepareUpdate: completeBinding,
    validate(object, _context, previous) {
      const role = objectAt(object, 'roleRef');
      const errors: FieldError[] = [];
      if (!stringAt(role, 'name')) {
        errors.push(fieldError.required('roleRef.name'));
      }
      const kinds =
        object.kind === 'RoleBinding'
          ? ['Role', 'ClusterRole']
          : ['ClusterRole'];
      if (!kinds.includes(stringAt(role, 'kind') ?? '')) {
        errors.push(fieldError.notSupported('roleRef.kind', role.kind, kinds));
      }
      if (previous && !equal(object.roleRef, previous.roleRef)) {
        errors.push(
          fieldError.invalid(
            'roleRef',
            object.roleRef,
            'cannot change roleRef',
          ),
        );
      }
      return errors;
    },
  };
}

function completeBinding(object: KubeObject): void {
  if (isObject(object.roleRef)) {
    object.roleRef = { apiGroup: RBAC, ...object.roleRef };
  }
  object.subjects = listOf(object, 'subjects').map(subject =>
    isObject(subject) && subject.kind !== 'ServiceAccount'
      ? { apiGroup: RBAC, ...subject }
      : subject,
  );
}

/** @throws ApiError 400 for anything but a list */
function listOf(object: KubeObject, field: string): Json[] {
  const value = object[field];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  const { kind } = object;
  throw badRequest(
    `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${typeof value} into Go struct field ${kind}.${field}`,
  );
}

function roleErrors(object: KubeObject): FieldError[] {
  const rules = listOf(object, 'rules');
  return rules.flatMap((rule, index) => {
    const field = `rules[${index}]`;
    const errors: FieldError[] = [];
    if (!stringsAt(rule, 'verbs').length) {
      errors.push(
        fieldError.required(
          `${field}.verbs`,
          'verbs must contain at least one value',
        ),
      );
    }
    const urls = stringsAt(rule, 'nonResourceURLs');
    if (!urls.length && !stringsAt(rule, 'apiGroups').length) {
      errors.push(
        fieldError.required(
          `${field}.apiGroups`,
          'resource rules must supply at least one api group',
        ),
      );
    }
    if (!urls.length && !stringsAt(rule, 'resources').length) {
      errors.push(
        fieldError.required(
          `${field}.resources`,
          'resource rules must supply at least one resource',
        ),
      );
    }
    return errors;
  });
}

function podErrors(object: KubeObject): FieldError[] {
  const containers = objectAt(object, 'spec').containers;
  return Array.isArray(containers) && containers.length
    ? []
    : [fieldError.required('spec.containers')];
}
