import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button, Container, Flex, Text } from '@backstage/ui';
import type { ChangesResponse } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useChanges, useChangesVisit } from '../../hooks/queries';
import {
  isAllUnread,
  isFiltered,
  paramsFromView,
  queryFromView,
  viewFromParams,
  type ChangesView,
} from '../../lib/changesQuery';
import { shownItem } from '../../lib/shownChange';
import { usePageTitle } from '../../hooks/usePageTitle';
import { useWords } from '../../translation/words';
import { ChangeList } from '../Changes';
import { NewScrapeButton } from '../Links';
import { ClusterBanner, EmptyState, ErrorState, LoadingState } from '../states';
import { ChangesFilters } from './ChangesFilters';
import { CsvButton } from './CsvButton';
import styles from './ChangesPage.module.css';

function NoChanges(props: { view: ChangesView; data?: ChangesResponse }) {
  const { view, data } = props;
  const { t } = useWords();
  if (data?.nextCursor || view.cursor) {
    return (
      <EmptyState
        title={t('changes.nothingHere')}
        description={
          data?.nextCursor ? t('changes.mayNotSeeHere') : t('changes.noOlder')
        }
      />
    );
  }
  if (!data?.takenIn) {
    return (
      <EmptyState
        title={t('changes.nothingTakenIn')}
        description={t('changes.nothingTakenInText')}
        action={<NewScrapeButton />}
      />
    );
  }
  if (isAllUnread(view)) {
    return (
      <EmptyState
        title={t('changes.nothingUnread')}
        description={t('changes.nothingUnreadText')}
      />
    );
  }
  return isFiltered(view) ? (
    <EmptyState
      title={t('changes.noMatch')}
      description={t('changes.noMatchText')}
    />
  ) : (
    <EmptyState
      title={t('changes.nothingChanged')}
      description={t('changes.nothingChangedText')}
    />
  );
}

/** Said of runs whose changes are missing here, so that nobody takes the list for whole. */
function Waiting(props: { count: number }) {
  const { count } = props;
  const { t } = useWords();
  if (!count) {
    return null;
  }
  return (
    <Text as="p" variant="body-small" color="secondary" role="status">
      {t('changes.notTakenIn', { count })}
    </Text>
  );
}

function OnlyOf(props: { view: ChangesView }) {
  const { cluster, namespace, run, entityRef } = props.view;
  const { t } = useWords();
  const place = [cluster, namespace, run, entityRef]
    .filter(Boolean)
    .join(' / ');
  return place ? (
    <Text as="p" variant="body-small" color="secondary">
      {t('changes.onlyOf', { place })}
    </Text>
  ) : null;
}

function List(props: {
  data?: ChangesResponse;
  view: ChangesView;
  pending: boolean;
}) {
  const { data, view } = props;
  const { t } = useWords();
  const visit = useChangesVisit();
  if (props.pending) {
    return <LoadingState what={t('what.changes')} rows={8} />;
  }
  return data?.items.length ? (
    <ChangeList
      label={t('changes.title')}
      changes={data.items.map(item => shownItem(item, visit))}
    />
  ) : (
    <NoChanges view={view} data={data} />
  );
}

/** What completed runs changed, of all runs that the person may see; the filters live in the URL. */
export function ChangesPage() {
  const { t } = useWords();
  usePageTitle('changes');
  const [params, setParams] = useSearchParams();
  const [now] = useState(() => Date.now());
  const view = viewFromParams(params);
  const query = queryFromView(view, now);
  const changes = useChanges(query);
  const change = (part: Partial<ChangesView>) =>
    setParams(paramsFromView({ ...view, cursor: undefined, ...part }), {
      replace: part.cursor === undefined,
    });
  const { data } = changes;

  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="4">
        <ClusterBanner clusters={data?.clusters} />
        <ChangesFilters view={view} onChange={change} />
        <OnlyOf view={view} />
        {changes.error && !data ? (
          <ErrorState
            error={changes.error}
            what={t('what.changes')}
            onRetry={() => changes.refetch()}
          />
        ) : (
          <>
            <Waiting count={data?.waiting ?? 0} />
            <List data={data} view={view} pending={changes.isPending} />
            <Flex gap="2" align="start">
              {view.cursor && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => change({})}
                >
                  {t('changes.newest')}
                </Button>
              )}
              {data?.nextCursor && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => change({ cursor: data.nextCursor })}
                >
                  {t('changes.older')}
                </Button>
              )}
              {Boolean(data?.items.length) && <CsvButton query={query} />}
            </Flex>
          </>
        )}
      </Flex>
    </Container>
  );
}
