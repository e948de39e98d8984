import { conflict, fieldError, invalid, notFound } from '../errors';
import { arrayAt, objectAt, stringAt, type JsonObject } from '../json';
import type { ApiContext, WriteOptions } from '../context';
import type { KubeObject, ResourceDef } from '../model';
import { fromStorage } from './versions';
import { timestamp } from './write';

export type Propagation = 'Foreground' | 'Background' | 'Orphan';

export interface DeleteOptions {
  propagation: Propagation;
  preconditions: { uid?: string; resourceVersion?: string };
  dryRun: boolean;
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

/** @throws ApiError 422 for a policy that does not exist */
export function parseDeleteOptions(
  body: JsonObject,
  query: URLSearchParams,
): DeleteOptions {
  const wanted =
    stringAt(body, 'propagationPolicy') ?? query.get('propagationPolicy');
  if (wanted && !POLICIES.includes(wanted)) {
    throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
      fieldError.notSupported('propagationPolicy', wanted, [
        ...POLICIES,
        'nil',
      ]),
    ]);
  }
  const orphan =
    body.orphanDependents === true || query.get('orphanDependents') === 'true';
  const uid = stringAt(body, 'preconditions', 'uid');
  const resourceVersion = stringAt(body, 'preconditions', 'resourceVersion');
  return {
    propagation: (wanted ?? (orphan ? 'Orphan' : 'Background')) as Propagation,
    preconditions: {
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    dryRun:
      arrayAt(body, 'dryRun').includes('All') ||
      query.getAll('dryRun').includes('All'),
  };
}

export interface Deletion {
  object: KubeObject;
  /** False while finalizers hold the object. */
  gone: boolean;
}

/** Deletes one object, or marks it until its finalizers are done. */
export function deleteObject(
  context: ApiContext,
  def: ResourceDef,
  target: { namespace?: string; name: string },
  wanted: DeleteOptions,
  options: Pick<WriteOptions, 'user' | 'warn'>,
): Deletion {
  const { namespace, name } = target;
  const stored = context.store.get(def.storageKey, namespace, name);
  if (!stored) throw notFound(def, name);
  const current = fromStorage(def, stored);
  checkPreconditions(def, current, wanted.preconditions);
  context.admit({
    operation: 'DELETE',
    def,
    namespace,
    name,
    user: options.user,
    oldObject: current,
    dryRun: wanted.dryRun,
    warn: options.warn,
  });
  if (wanted.dryRun) return { object: current, gone: true };
  const finalizers = finalizersFor(current, wanted.propagation);
  const held = finalizers.length > 0 || def.storageKey === 'namespaces';
  if (!held) {
    context.store.remove(def.storageKey, namespace, name);
    return { object: current, gone: true };
  }
  return {
    object: mark(context, def, stored, finalizers),
    gone: false,
  };
}

function finalizersFor(object: KubeObject, policy: Propagation): string[] {
  const own = arrayAt(object, 'metadata', 'finalizers') as string[];
  const kept = own.filter(
    item => item !== 'orphan' && item !== 'foregroundDeletion',
  );
  if (policy === 'Foreground') return [...kept, 'foregroundDeletion'];
  if (policy === 'Orphan') return [...kept, 'orphan'];
  return object.metadata.deletionTimestamp ? own : kept;
}

function mark(
  context: ApiContext,
  def: ResourceDef,
  stored: KubeObject,
  finalizers: string[],
): KubeObject {
  if (stored.metadata.deletionTimestamp) return fromStorage(def, stored);
  const metadata = {
    ...stored.metadata,
    deletionTimestamp: timestamp(context.now()),
    deletionGracePeriodSeconds: 0,
    ...(finalizers.length ? { finalizers } : {}),
    ...(stored.metadata.generation === undefined
      ? {}
      : { generation: stored.metadata.generation + 1 }),
  };
  if (def.storageKey === 'namespaces') {
    delete (metadata as JsonObject).deletionGracePeriodSeconds;
  }
  const marked: KubeObject = {
    ...stored,
    metadata,
    ...(def.storageKey === 'namespaces'
      ? { status: { ...objectAt(stored, 'status'), phase: 'Terminating' } }
      : {}),
  };
  return fromStorage(def, context.store.put(def.storageKey, marked));
}

function checkPreconditions(
  def: ResourceDef,
  object: KubeObject,
  preconditions: DeleteOptions['preconditions'],
): void {
  const { uid, resourceVersion } = preconditions;
  const { metadata } = object;
  if (uid !== undefined && uid !== metadata.uid) {
    throw conflict(
      { ...def, plural: def.kind },
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    resourceVersion !== undefined &&
    resourceVersion !== metadata.resourceVersion
  ) {
    throw conflict(
      { ...def, plural: def.kind },
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}
