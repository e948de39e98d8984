import type { JsonObject } from './json';
import { groupKind, groupResource } from './model';

/** One entry of `details.causes`, and of the text of an Invalid error. */
export interface FieldError {
  /** Path of the field, or `<nil>` where the error is about the whole object. */
  field: string;
  reason: string;
  /** Text without the field, for example `Required value`. */
  message: string;
}

export interface StatusDetails extends JsonObject {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  retryAfterSeconds?: number;
}

interface NamedKind {
  group: string;
  plural: string;
  kind: string;
}

/** An error that is answered as a metav1.Status. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: StatusDetails,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

function detailsOf(def: NamedKind, name: string): StatusDetails {
  return {
    ...(name ? { name } : {}),
    ...(def.group ? { group: def.group } : {}),
    kind: def.plural,
  };
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

export function notFound(def: NamedKind, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${groupResource(def)} "${name}" not found`,
    detailsOf(def, name),
  );
}

export function namespaceNotFound(namespace: string): ApiError {
  return notFound(
    { group: '', plural: 'namespaces', kind: 'Namespace' },
    namespace,
  );
}

/** The path names nothing that is served. */
export function unknownPath(): ApiError {
  return new ApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

/** Something a real API server can do and this subset cannot; the message names it. */
export function notSupported(what: string): ApiError {
  return new ApiError(
    501,
    'NotImplemented',
    `${what} is not part of the embedded API server; use a cluster for it (embedded/kube-api/README.md lists the subset)`,
  );
}

export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

export function alreadyExists(def: NamedKind, name: string): ApiError {
  return new ApiError(
    409,
    'AlreadyExists',
    `${groupResource(def)} "${name}" already exists`,
    detailsOf(def, name),
  );
}

export function conflict(
  def: NamedKind,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${groupResource(def)} "${name}": ${why}`,
    detailsOf(def, name),
  );
}

export function forbidden(def: NamedKind, name: string, why: string): ApiError {
  const subject = name ? `${groupResource(def)} "${name}"` : groupResource(def);
  return new ApiError(
    403,
    'Forbidden',
    `${subject} is forbidden: ${why}`,
    detailsOf(def, name),
  );
}

export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

export function invalid(
  def: { group: string; kind: string },
  name: string,
  errors: FieldError[],
): ApiError {
  const seen = new Set<string>();
  const texts: string[] = [];
  for (const error of errors) {
    const text = `${error.field}: ${error.message}`;
    if (!seen.has(text)) texts.push(text);
    seen.add(text);
  }
  const joined = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return new ApiError(
    422,
    'Invalid',
    `${groupKind(def)} "${name}" is invalid: ${joined}`,
    {
      ...(name ? { name } : {}),
      ...(def.group ? { group: def.group } : {}),
      kind: def.kind,
      causes: errors.map(error => ({
        reason: error.reason,
        message: error.message,
        field: error.field,
      })),
    },
  );
}

/** How Go prints a value in a field error: strings quoted, the rest as JSON. */
export function shown(value: unknown): string {
  return JSON.stringify(value ?? null);
}

export const fieldError = {
  required: (field: string, detail = ''): FieldError => ({
    field,
    reason: 'FieldValueRequired',
    message: detail ? `Required value: ${detail}` : 'Required value',
  }),
  invalid: (field: string, value: unknown, detail: string): FieldError => ({
    field,
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${shown(value)}: ${detail}`,
  }),
  type: (field: string, actual: unknown, detail: string): FieldError => ({
    field,
    reason: 'FieldValueTypeInvalid',
    message: `Invalid value: ${shown(actual)}: ${detail}`,
  }),
  duplicate: (field: string, value: unknown): FieldError => ({
    field,
    reason: 'FieldValueDuplicate',
    message: `Duplicate value: ${shown(value)}`,
  }),
  forbidden: (field: string, detail: string): FieldError => ({
    field,
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${detail}`,
  }),
  notSupported: (
    field: string,
    value: unknown,
    allowed: unknown[],
  ): FieldError => ({
    field,
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown(value)}: supported values: ${allowed
      .map(item => shown(typeof item === 'string' ? item : shown(item)))
      .join(', ')}`,
  }),
  tooLong: (field: string, max: number): FieldError => ({
    field,
    reason: 'FieldValueTooLong',
    message: `Too long: may not be more than ${max} bytes`,
  }),
  tooMany: (field: string, actual: number, max: number): FieldError => ({
    field,
    reason: 'FieldValueTooMany',
    message: `Too many: ${actual}: must have at most ${max} items`,
  }),
};
