import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { Entity } from '@backstage/catalog-model';
import { Combobox, Flex } from '@backstage/ui';
import { ErrorState } from '../components/states';
import { entityOptions } from '../lib/entityOptions';
import { useWords } from '../translation/words';
import styles from './UrlListField.module.css';

interface EntityOptions {
  /** Which kinds of entities there are to choose from. */
  kinds?: string[];
}

const KINDS = ['Component', 'System', 'Resource'];
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
];

/** Undefined while they are not there. */
function useEntities(kinds: readonly string[]) {
  const catalog = useApi(catalogApiRef);
  const [found, setFound] = useState<Entity[]>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const kind = kinds.join();
  useEffect(() => {
    let gone = false;
    setError(undefined);
    catalog
      .getEntities({ filter: { kind: kind.split(',') }, fields: FIELDS })
      .then(
        ({ items }) => gone || setFound(items),
        cause => gone || setError(cause),
      );
    return () => {
      gone = true;
    };
  }, [catalog, kind, attempt]);
  return { found, error, again: () => setAttempt(attempt + 1) };
}

/** An entity of the catalog, shown by its title and what it is, also once it is chosen. Its value is the reference. */
export function EntityField(
  props: FieldExtensionComponentProps<string, EntityOptions>,
) {
  const { formData, onChange, schema, uiSchema, required, idSchema } = props;
  const words = useWords();
  const { t } = words;
  const { found, error, again } = useEntities(
    uiSchema?.['ui:options']?.kinds ?? KINDS,
  );
  const known = entityOptions(found ?? [], words);
  // A link may have filled in what the catalog has no more.
  const isStrange =
    formData && found && !known.some(({ id }) => id === formData);
  const options = isStrange
    ? [
        { id: formData, label: t('form.entityGone', { ref: formData }) },
        ...known,
      ]
    : known;
  return (
    <Flex direction="column" gap="2" className={styles.field}>
      <Combobox
        // What is typed follows what is chosen only from the first list on.
        key={found ? 'found' : 'waiting'}
        id={idSchema?.$id}
        label={schema?.title ?? t('form.entity')}
        description={uiSchema?.['ui:description'] ?? schema?.description}
        secondaryLabel={required ? t('common.required') : undefined}
        isRequired={required}
        isInvalid={(props.rawErrors?.length ?? 0) > 0}
        className={styles.short}
        loading={{ state: !found && !error ? 'loading' : 'idle' }}
        options={options}
        selectedKey={formData || null}
        onSelectionChange={key =>
          onChange(key === null ? undefined : String(key))
        }
      />
      {error !== undefined && (
        <ErrorState error={error} what={t('what.entities')} onRetry={again} />
      )}
    </Flex>
  );
}
