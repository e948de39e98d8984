import {
  alreadyExists,
  ApiError,
  badRequest,
  conflict,
  forbidden,
  invalid,
  fieldError,
  namespaceNotFound,
  notFound,
} from '../errors';
import { arrayAt, clone, equal } from '../json';
import type { ApiContext, WriteOptions } from '../context';
import type { KubeObject, ResourceDef } from '../model';
import { immutableMetadataErrors } from './metadata';
import { strategyOf } from './strategies';
import { fromStorage, toStorage } from './versions';
import { shape, validate } from './validation';

export const timestamp = (now: Date): string =>
  now.toISOString().replace(/\.\d+Z$/, 'Z');

/** Creates an object that was decoded; gives it back as this version shows it. */
export function createObject(
  context: ApiContext,
  def: ResourceDef,
  object: KubeObject,
  options: WriteOptions,
): KubeObject {
  const { metadata } = object;
  if (metadata.resourceVersion) {
    throw new ApiError(
      500,
      '',
      'resourceVersion should not be set on objects to be created',
    );
  }
  shape(object, def, options);
  prepareCreate(context, def, object);
  checkNamespace(context, def, object);
  validate(object, def, context);
  context.admit({
    operation: 'CREATE',
    def,
    namespace: metadata.namespace,
    name: metadata.name,
    user: options.user,
    object,
    dryRun: options.dryRun,
    warn: options.warn,
  });
  if (context.store.get(def.storageKey, metadata.namespace, metadata.name)) {
    throw alreadyExists(def, metadata.name);
  }
  if (options.dryRun) return object;
  const stored = context.store.put(def.storageKey, toStorage(def, object));
  return fromStorage(def, stored);
}

function prepareCreate(
  context: ApiContext,
  def: ResourceDef,
  object: KubeObject,
): void {
  const { metadata } = object;
  const strategy = strategyOf(def);
  if (!metadata.name && metadata.generateName) {
    const base = metadata.generateName.slice(0, 58);
    metadata.name = `${base}${context.newSuffix()}`;
  }
  metadata.name ??= '';
  metadata.uid = context.newUid();
  metadata.creationTimestamp = timestamp(context.now());
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  if (strategy.hasGeneration) metadata.generation = 1;
  else delete metadata.generation;
  if (strategy.hasStatus) delete object.status;
  strategy.prepareCreate?.(object, context.now());
}

/** @throws ApiError 404 for a missing namespace, 403 for one that goes away */
function checkNamespace(
  context: ApiContext,
  def: ResourceDef,
  object: KubeObject,
): void {
  if (!def.namespaced) return;
  const name = object.metadata.namespace ?? '';
  const namespace = context.store.get('namespaces', undefined, name);
  if (!namespace) throw namespaceNotFound(name);
  if (!namespace.metadata.deletionTimestamp) return;
  const error = forbidden(
    def,
    object.metadata.name,
    `unable to create new content in namespace ${name} because it is being terminated`,
  );
  throw new ApiError(error.code, error.reason, error.message, {
    ...error.details,
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${name} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}

/**
 * Replaces an object, or its status; `change` gets a copy of the present one in
 * this version's form and returns the wanted one.
 */
export function updateObject(
  context: ApiContext,
  def: ResourceDef,
  target: { namespace?: string; name: string },
  change: (current: KubeObject) => KubeObject,
  options: WriteOptions,
): KubeObject {
  const stored = context.store.get(
    def.storageKey,
    target.namespace,
    target.name,
  );
  if (!stored) throw notFound(def, target.name);
  const current = fromStorage(def, stored);
  const wanted = change(clone(current));
  checkIdentity(def, wanted, current, target);
  shape(wanted, def, options);
  const first = immutableMetadataErrors(wanted, current);
  const next = merge(wanted, current, def, options);
  validate(next, def, context, current, first);
  context.admit({
    operation: 'UPDATE',
    def,
    ...(options.subresource ? { subresource: options.subresource } : {}),
    namespace: target.namespace,
    name: target.name,
    user: options.user,
    object: next,
    oldObject: current,
    dryRun: options.dryRun,
    warn: options.warn,
  });
  if (options.dryRun || equal(next, current)) return next;
  if (isReleased(next)) {
    context.store.remove(def.storageKey, target.namespace, target.name);
    return next;
  }
  const saved = context.store.put(def.storageKey, toStorage(def, next));
  return fromStorage(def, saved);
}

/** The last finalizer is gone and somebody has asked for the deletion. */
export function isReleased(object: KubeObject): boolean {
  return (
    Boolean(object.metadata.deletionTimestamp) &&
    arrayAt(object, 'metadata', 'finalizers').length === 0 &&
    !arrayAt(object, 'spec', 'finalizers').includes('kubernetes')
  );
}

/** Groups whose objects may be replaced without saying which version was read. */
const UNCONDITIONAL = ['', 'events.k8s.io', 'rbac.authorization.k8s.io'];

function checkIdentity(
  def: ResourceDef,
  wanted: KubeObject,
  current: KubeObject,
  target: { name: string },
): void {
  const { name, resourceVersion, uid } = wanted.metadata;
  if (name !== target.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${target.name})`,
    );
  }
  if (!resourceVersion && !UNCONDITIONAL.includes(def.group)) {
    throw invalid({ group: def.group, kind: def.plural }, name, [
      fieldError.invalid(
        'metadata.resourceVersion',
        0,
        'must be specified for an update',
      ),
    ]);
  }
  if (resourceVersion && resourceVersion !== current.metadata.resourceVersion) {
    throw conflict(def, name);
  }
  if (uid && uid !== current.metadata.uid && def.custom === undefined) {
    throw conflict(
      def,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
    );
  }
}

/** Takes from the wanted object what this endpoint may change. */
function merge(
  wanted: KubeObject,
  current: KubeObject,
  def: ResourceDef,
  options: WriteOptions,
): KubeObject {
  const strategy = strategyOf(def);
  if (options.subresource === 'status') {
    const next: KubeObject = { ...current, metadata: { ...current.metadata } };
    if (wanted.status === undefined) delete next.status;
    else next.status = wanted.status;
    return next;
  }
  const next: KubeObject = { ...wanted, metadata: { ...wanted.metadata } };
  if (strategy.hasStatus) {
    if (current.status === undefined) delete next.status;
    else next.status = current.status;
  }
  const { metadata } = next;
  metadata.uid = current.metadata.uid;
  metadata.creationTimestamp = current.metadata.creationTimestamp;
  keep(metadata, current.metadata, 'deletionTimestamp');
  keep(metadata, current.metadata, 'deletionGracePeriodSeconds');
  keep(metadata, current.metadata, 'generation');
  keep(metadata, current.metadata, 'generateName');
  strategy.prepareUpdate?.(next, current);
  if (strategy.hasGeneration && specChanged(next, current, def)) {
    metadata.generation = (current.metadata.generation ?? 0) + 1;
  }
  strategy.afterGeneration?.(next);
  return next;
}

function keep(
  target: KubeObject['metadata'],
  source: KubeObject['metadata'],
  key: string,
): void {
  if (source[key] === undefined) delete target[key];
  else target[key] = source[key];
}

/** With a status subresource status is not part of the desired state; without one it is. */
function specChanged(
  next: KubeObject,
  current: KubeObject,
  def: ResourceDef,
): boolean {
  const desired = (object: KubeObject) => ({
    ...object,
    metadata: undefined,
    ...(strategyOf(def).hasStatus ? { status: undefined } : {}),
  });
  return !equal(desired(next), desired(current));
}
