import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import { agentWorkloadsApiRef } from '../api';
import { useEntityTitles } from '../hooks/useEntityTitles';
import { formatDate } from '../lib/time';
import { useWords } from '../translation/words';

interface LastRun {
  entityRef: string;
  urls: string[];
  /** RFC 3339 */
  at: string;
}

/** The newest completed run of an entity; undefined where there is none, or it can't be read: it is only proposed. */
function useLastRun(entityRef: string): LastRun | undefined {
  const api = useApi(agentWorkloadsApiRef);
  const [last, setLast] = useState<LastRun>();
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const look = async () => {
      const query = { entityRef, outcome: 'completed', limit: 1 } as const;
      const [newest] = (await api.listRuns(query, signal)).items;
      if (!newest) return;
      const { resource } = await api.getRun(newest, signal);
      if (signal.aborted) return;
      const at = newest.finishedAt ?? newest.createdAt;
      setLast({ entityRef, urls: resource.spec.targetUrls, at });
    };
    look().catch(() => {});
    return () => ending.abort();
  }, [api, entityRef]);
  return last?.entityRef === entityRef ? last : undefined;
}

/** One click for the pages that were visited the last time. */
export function LastRunPages(props: {
  entityRef: string;
  urls: readonly string[];
  onAdd: (urls: readonly string[]) => void;
}) {
  const { entityRef, urls } = props;
  const words = useWords();
  const last = useLastRun(entityRef);
  const titles = useEntityTitles(last && [last.entityRef]);
  if (!last) return null;
  return (
    <Flex>
      <Button
        size="small"
        variant="secondary"
        isDisabled={last.urls.every(url => urls.includes(url))}
        onPress={() => props.onAdd(last.urls)}
      >
        {words.t('form.addLast', {
          count: last.urls.length,
          entity: titles.get(last.entityRef) ?? last.entityRef,
          date: formatDate(last.at, words),
        })}
      </Button>
    </Flex>
  );
}
