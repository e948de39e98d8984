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
import { ChangeList } from '../Changes';
import { NewScrapeButton } from '../Links';
import { ClusterBanner, EmptyState, ErrorState, LoadingState } from '../states';
import { ChangesFilters } from './ChangesFilters';
import { CsvButton } from './CsvButton';
import styles from './ChangesPage.module.css';

function NoChanges(props: { view: ChangesView; data?: ChangesResponse }) {
  const { view, data } = props;
  if (data?.nextCursor || view.cursor) {
    return (
      <EmptyState
        title="Nothing to show on this page"
        description={
          data?.nextCursor
            ? 'You may not see what changed here. There are older changes.'
            : 'There are no older changes.'
        }
      />
    );
  }
  if (!data?.takenIn) {
    return (
      <EmptyState
        title="Nothing taken in yet"
        description="What a run changed is kept here once the run is completed: after a person, or the policy, let its gate pass. No such run that you may see has been taken in so far."
        action={<NewScrapeButton />}
      />
    );
  }
  if (isAllUnread(view)) {
    return (
      <EmptyState
        title="Nothing is unread"
        description="What comes after your last visit is unread until you mark it as seen, look at it here and come back later, or somebody calls it wrong."
      />
    );
  }
  return isFiltered(view) ? (
    <EmptyState
      title="No change matches"
      description="Take a filter away, or look further back."
    />
  ) : (
    <EmptyState
      title="No completed run has changed anything yet"
      description="The completed runs that you may see found what the runs before them had found, or were the first and had nothing to compare with."
    />
  );
}

/** Said of runs whose changes are missing here, so that nobody takes the list for whole. */
function Waiting(props: { count: number }) {
  const { count } = props;
  if (!count) {
    return null;
  }
  return (
    <Text as="p" variant="body-small" color="secondary" role="status">
      {count === 1
        ? '1 completed run is not taken in (yet): its report can’t be read now, is gone, or is not the one that the run put out.'
        : `${count} completed runs are not taken in (yet): their reports can’t be read now, are gone, or are not those that the runs put out.`}
    </Text>
  );
}

function OnlyOf(props: { view: ChangesView }) {
  const { cluster, namespace, run, entityRef } = props.view;
  const place = [cluster, namespace, run, entityRef]
    .filter(Boolean)
    .join(' / ');
  return place ? (
    <Text as="p" variant="body-small" color="secondary">
      Only changes of {place}.
    </Text>
  ) : null;
}

function List(props: {
  data?: ChangesResponse;
  view: ChangesView;
  pending: boolean;
}) {
  const { data, view } = props;
  const visit = useChangesVisit();
  if (props.pending) {
    return <LoadingState what="the changes" rows={8} />;
  }
  return data?.items.length ? (
    <ChangeList
      label="Changes"
      changes={data.items.map(item => shownItem(item, visit))}
    />
  ) : (
    <NoChanges view={view} data={data} />
  );
}

/** What completed runs changed, of all runs that the person may see; the filters live in the URL. */
export function ChangesPage() {
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
            what="the changes"
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
                  Newest
                </Button>
              )}
              {data?.nextCursor && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => change({ cursor: data.nextCursor })}
                >
                  Older
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
