import { useEntityPresentation } from '@backstage/plugin-catalog-react';

/** How the catalog calls a person or a group; the name of the reference while it is not known. */
export function EntityName(props: {
  entityRef: string;
  kind: 'user' | 'group';
  /** On hover. */
  title?: string;
}) {
  const { primaryTitle } = useEntityPresentation(props.entityRef, {
    defaultKind: props.kind,
    defaultNamespace: 'default',
  });
  return <bdi title={props.title}>{primaryTitle}</bdi>;
}
