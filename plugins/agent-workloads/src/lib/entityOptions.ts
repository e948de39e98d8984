import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Words } from '../translation/words';

export interface EntityOption {
  /** Reference of the entity. */
  id: string;
  label: string;
}

const KNOWN = ['component', 'system', 'resource', 'domain', 'group'] as const;

/** What an entity is, in words. */
function kindWord({ kind }: Entity, { t }: Words): string {
  const known = KNOWN.find(one => one === kind.toLocaleLowerCase('en-US'));
  return known ? t(`entityKind.${known}`) : kind;
}

const titleOf = ({ metadata }: Entity): string =>
  metadata.title?.trim() || metadata.name;

const placeOf = ({ metadata }: Entity): string => {
  const { namespace = DEFAULT_NAMESPACE, name } = metadata;
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
};

/**
 * Entities to choose from: by title, with what they are. Where that is the same for two of them, each has its name as well.
 */
export function entityOptions(
  entities: readonly Entity[],
  words: Words,
): EntityOption[] {
  const short = (entity: Entity) =>
    words.t('form.entityOfKind', {
      title: titleOf(entity),
      kind: kindWord(entity, words),
    });
  const count = new Map<string, number>();
  for (const entity of entities) {
    count.set(short(entity), (count.get(short(entity)) ?? 0) + 1);
  }
  const label = (entity: Entity) =>
    count.get(short(entity)) === 1
      ? short(entity)
      : words.t('form.entityOfKindNamed', {
          title: titleOf(entity),
          kind: kindWord(entity, words),
          name: placeOf(entity),
        });
  return entities
    .map(entity => ({ id: stringifyEntityRef(entity), label: label(entity) }))
    .sort((a, b) => a.label.localeCompare(b.label, words.locale));
}
