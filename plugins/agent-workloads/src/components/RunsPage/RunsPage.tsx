import { useSearchParams } from 'react-router-dom';
import { Container, Flex, Table, type SortDescriptor } from '@backstage/ui';
import type { RunSortField } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useRuns } from '../../hooks/queries';
import {
  isFiltered,
  PAGE_SIZES,
  paramsFromView,
  queryFromView,
  viewFromParams,
  type RunsView,
} from '../../lib/runsQuery';
import { useWords } from '../../translation/words';
import { NewScrapeButton, useRunHref } from '../Links';
import { ClusterBanner, EmptyState, ErrorState } from '../states';
import { RunsFilters } from './RunsFilters';
import { runColumns } from './columns';
import styles from './RunsPage.module.css';

function NoRuns(props: { filtered: boolean }) {
  const { t } = useWords();
  return props.filtered ? (
    <EmptyState title={t('runs.noMatch')} description={t('runs.noMatchText')} />
  ) : (
    <EmptyState
      title={t('runs.none')}
      description={t('runs.noneText')}
      action={<NewScrapeButton />}
    />
  );
}

/** All runs that the person may see; filters, sort and page live in the URL. */
export function RunsPage() {
  const words = useWords();
  const [params, setParams] = useSearchParams();
  const view = viewFromParams(params);
  const runs = useRuns(queryFromView(view));
  const runHref = useRunHref();
  const change = (part: Partial<RunsView>) =>
    setParams(paramsFromView({ ...view, offset: 0, ...part }), {
      replace: true,
    });
  const { data } = runs;
  const total = data?.total ?? 0;
  const sort: SortDescriptor = {
    column: view.sort,
    direction: view.order === 'asc' ? 'ascending' : 'descending',
  };

  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="4">
        <ClusterBanner clusters={data?.clusters} />
        <RunsFilters view={view} facets={data?.facets} onChange={change} />
        {runs.error && !data ? (
          <ErrorState
            error={runs.error}
            what={words.t('what.runs')}
            onRetry={() => runs.refetch()}
          />
        ) : (
          <div className={styles.scroll}>
            <Table
              columnConfig={runColumns(runHref, words)}
              data={data?.items.map(run => ({ ...run, id: run.uid }))}
              isPending={runs.isPending}
              isStale={runs.isPlaceholderData}
              emptyState={<NoRuns filtered={isFiltered(view)} />}
              sort={{
                descriptor: sort,
                onSortChange: next =>
                  change({
                    sort: String(next.column) as RunSortField,
                    order: next.direction === 'ascending' ? 'asc' : 'desc',
                  }),
              }}
              pagination={{
                type: 'page',
                pageSize: view.limit,
                pageSizeOptions: PAGE_SIZES,
                offset: view.offset,
                totalCount: total,
                hasNextPage: view.offset + view.limit < total,
                hasPreviousPage: view.offset > 0,
                onNextPage: () => change({ offset: view.offset + view.limit }),
                onPreviousPage: () =>
                  change({ offset: Math.max(0, view.offset - view.limit) }),
                onPageSizeChange: limit => change({ limit }),
              }}
            />
          </div>
        )}
      </Flex>
    </Container>
  );
}
