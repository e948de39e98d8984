import { useWords } from '../../translation/words';
import { EntityName } from './EntityName';

/** How the catalog calls a person; the Kubernetes name where it has none, and on hover. */
export function Person(props: {
  /** Kubernetes name. */
  name?: string;
  /** Catalog references by Kubernetes names, as the backend gives them. */
  people?: Record<string, string>;
}) {
  const { name, people } = props;
  const { t } = useWords();
  const entityRef = name ? people?.[name] : undefined;
  if (entityRef) {
    return <EntityName entityRef={entityRef} kind="user" title={name} />;
  }
  return <>{name ?? t('common.nobodyNamed')}</>;
}
