import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useQuery } from '@tanstack/react-query';
import {
  COMPETITORS_ANNOTATION,
  isCompetitorReportAvailable,
} from '../../lib/competitors';
import { useWords } from '../../translation/words';

/** The line that an entity lacks, where a run belongs to one whose page would not show its report. */
export function EntityHint(props: {
  run: Pick<RunDetail, 'entityRef' | 'resource'>;
}) {
  const { entityRef, resource } = props.run;
  const { t } = useWords();
  const catalog = useApiHolder().get(catalogApiRef);
  const { data: entity } = useQuery({
    queryKey: ['catalog-entity', entityRef],
    queryFn: async () =>
      (await catalog?.getEntityByRef(entityRef ?? '')) ?? null,
    enabled: Boolean(catalog && entityRef),
    // Without the catalog the run is shown as ever.
    retry: false,
  });
  if (!entity || isCompetitorReportAvailable(entity)) return null;
  return (
    <Text as="p" variant="body-small" color="secondary">
      {t('run.entityHint', {
        line: (
          <code>
            {COMPETITORS_ANNOTATION}: {resource.spec.targetUrls.join(', ')}
          </code>
        ),
      })}
    </Text>
  );
}
