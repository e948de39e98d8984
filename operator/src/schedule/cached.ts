import { objectMetaSchema } from '@agentworkloads/api';
import { z } from 'zod';
import type { KubeObject } from '../ports';

const rawSchema = z.looseObject({ metadata: objectMetaSchema });
/** A schedule as it came: each pass parses it, so that a bad one is seen as bad. */
export type RawSchedule = z.infer<typeof rawSchema>;

export interface CachedSchedule extends KubeObject {
  /** Undefined where there was no room for it: whoever needs it reads it live. */
  raw?: RawSchedule;
}

/** `kubectl apply` keeps the whole object in it once more. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** @throws ZodError when it has no metadata of a Kubernetes object */
export function toRawSchedule(raw: unknown): RawSchedule {
  const object = rawSchema.parse(raw);
  const { managedFields: _dropped, ...metadata } = object.metadata;
  const { [LAST_APPLIED]: _copy, ...annotations } = metadata.annotations ?? {};
  return { ...object, metadata: { ...metadata, annotations } };
}

export function toCachedSchedule(raw: unknown): CachedSchedule {
  const object = toRawSchedule(raw);
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return { metadata: { name, namespace, uid, resourceVersion }, raw: object };
}

/** Bytes that the bulk of one takes; an estimate. */
export function weighSchedule({ raw }: CachedSchedule): number {
  return raw ? JSON.stringify([raw.spec, raw.status]).length : 0;
}

export function withoutScheduleBulk({
  metadata,
}: CachedSchedule): CachedSchedule {
  return { metadata };
}
