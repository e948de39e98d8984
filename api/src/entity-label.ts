import { GROUP } from './group';

/** On a pod of a run: the catalog entity that the run belongs to, see {@link entityLabelValue}. Empty where it belongs to none. @public */
export const ENTITY_LABEL = `${GROUP}/entity`;

/** As long as Kubernetes lets the value of a label be. */
const LONGEST = 63;
/** Digits of the hash that tells apart what is cut. */
const HASH_LENGTH = 10;

/**
 * What the label {@link ENTITY_LABEL} says of an entity: `<kind>.<namespace>.<name>` in lower case. Neither a kind nor a namespace has a dot,
 * so two entities never get one value. What is longer than 63 characters is cut after 52 and ends with a hyphen and the first ten digits of
 * the sha256 of the whole.
 *
 * @param entityRef - `kind:namespace/name`
 * @param sha256 - of the UTF-8 text, in lower-case hex
 * @returns undefined for what can be no value of a label: the catalog has no such entity
 * @public
 */
export function entityLabelValue(
  entityRef: string,
  sha256: (text: string) => string,
): string | undefined {
  const [, kind, namespace, name] =
    /^([a-z0-9]+):([a-z0-9-]+)\/([a-z0-9._-]+)$/.exec(
      entityRef.toLowerCase(),
    ) ?? [];
  if (!name || !/[a-z0-9]$/.test(name)) return undefined;
  const whole = `${kind}.${namespace}.${name}`;
  if (whole.length <= LONGEST) return whole;
  const kept = whole.slice(0, LONGEST - HASH_LENGTH - 1);
  return `${kept}-${sha256(whole).slice(0, HASH_LENGTH)}`;
}
