import { isObject } from '../json';
import { apiVersionOf, type KubeObject, type ResourceDef } from '../model';

/** Names of an event's fields in core v1, and in events.k8s.io/v1. */
const EVENT_FIELDS: [core: string, events: string][] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

/** A stored object in the form of one of its versions; the same object where nothing differs. */
export function fromStorage(def: ResourceDef, stored: KubeObject): KubeObject {
  const apiVersion = apiVersionOf(def);
  if (stored.apiVersion === apiVersion) return stored;
  if (def.storageKey !== 'events') return { ...stored, apiVersion };
  return renamed(stored, apiVersion, ([core, events]) => [core, events]);
}

/** Events of both groups are kept as core v1; custom objects as they came. */
export function toStorage(def: ResourceDef, object: KubeObject): KubeObject {
  if (def.storageKey !== 'events' || def.group === '') return object;
  return renamed(object, 'v1', ([core, events]) => [events, core]);
}

function renamed(
  object: KubeObject,
  apiVersion: string,
  direction: (pair: [string, string]) => [from: string, to: string],
): KubeObject {
  const names = new Map(EVENT_FIELDS.map(direction));
  const entries = Object.entries(object).map(([key, value]) => [
    names.get(key) ?? key,
    isObject(value) && key !== 'metadata' ? { ...value } : value,
  ]);
  return { ...Object.fromEntries(entries), apiVersion } as KubeObject;
}
