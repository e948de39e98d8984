import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Container, Flex, Table, type SortDescriptor } from '@backstage/ui';
import { PHASES } from '@agentworkloads/api';
import type {
  RunsQuery,
  RunSortField,
  RunsResponse,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useRuns } from '../../hooks/queries';
import { useEntityTitles } from '../../hooks/useEntityTitles';
import { phaseView } from '../../lib/phases';
import {
  isFiltered,
  PAGE_SIZES,
  paramsFromView,
  queryFromView,
  viewFromParams,
  type RunsView,
} from '../../lib/runsQuery';
import { usePageTitle } from '../../hooks/usePageTitle';
import { useWords, type Words } from '../../translation/words';
import { NewScrapeButton, useRunHref } from '../Links';
import { ClusterBanner, EmptyState, ErrorState } from '../states';
import { Found } from './Found';
import { RunsFilters } from './RunsFilters';
import { SavedViews } from './SavedViews';
import { runColumns } from './columns';
import styles from './RunsPage.module.css';

/** As many entities as the search is told of. */
const MOST_MEANT = 100;

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

/** Titles and phases are what the reader sees; the backend knows neither the catalog nor the reader's language. */
function meantBy(
  search: string,
  titles: ReadonlyMap<string, string>,
  words: Words,
): Pick<RunsQuery, 'searchEntityRef' | 'searchPhase'> {
  const text = search.trim().toLowerCase();
  if (!text) return {};
  const says = (label: string) => label.toLowerCase().includes(text);
  const entities = [...titles].flatMap(([ref, title]) =>
    says(title) ? [ref] : [],
  );
  const phases = PHASES.filter(phase => says(phaseView(phase, words).label));
  return {
    ...(entities.length && { searchEntityRef: entities.slice(0, MOST_MEANT) }),
    ...(phases.length && { searchPhase: phases }),
  };
}

function RunsTable(props: {
  view: RunsView;
  data?: RunsResponse;
  isPending: boolean;
  isStale: boolean;
  onChange: (part: Partial<RunsView>) => void;
}) {
  const { view, data, onChange } = props;
  const words = useWords();
  const runHref = useRunHref();
  const total = data?.total ?? 0;
  const sort: SortDescriptor = {
    column: view.sort,
    direction: view.order === 'asc' ? 'ascending' : 'descending',
  };
  return (
    <div className={styles.scroll}>
      <Table
        columnConfig={runColumns(runHref, words)}
        data={data?.items.map(run => ({ ...run, id: run.uid }))}
        isPending={props.isPending}
        isStale={props.isStale}
        emptyState={<NoRuns filtered={isFiltered(view)} />}
        sort={{
          descriptor: sort,
          onSortChange: next =>
            onChange({
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
          onNextPage: () => onChange({ offset: view.offset + view.limit }),
          onPreviousPage: () =>
            onChange({ offset: Math.max(0, view.offset - view.limit) }),
          onPageSizeChange: limit => onChange({ limit }),
        }}
      />
    </div>
  );
}

/** All runs that the person may see; filters, sort and page live in the URL. */
export function RunsPage() {
  usePageTitle('runs');
  const words = useWords();
  const [params, setParams] = useSearchParams();
  const view = viewFromParams(params);
  const [entityRefs, setEntityRefs] = useState<string[]>();
  const titles = useEntityTitles(entityRefs);
  const runs = useRuns(
    queryFromView(view, meantBy(view.search, titles, words)),
  );
  const { data } = runs;
  useEffect(() => setEntityRefs(data?.facets.entityRefs), [data]);
  const change = (part: Partial<RunsView>) =>
    setParams(paramsFromView({ ...view, offset: 0, ...part }), {
      replace: true,
    });

  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="4">
        <ClusterBanner clusters={data?.clusters} />
        <SavedViews
          view={view}
          isFiltered={isFiltered(view)}
          onOpen={saved => setParams(new URLSearchParams(saved))}
        />
        <RunsFilters
          view={view}
          facets={data?.facets}
          titles={titles}
          onChange={change}
        />
        {runs.error && !data ? (
          <ErrorState
            error={runs.error}
            what={words.t('what.runs')}
            onRetry={() => runs.refetch()}
          />
        ) : (
          <>
            <Found
              total={data?.total}
              view={view}
              onGo={offset => change({ offset })}
            />
            <RunsTable
              view={view}
              data={data}
              isPending={runs.isPending}
              isStale={runs.isPlaceholderData}
              onChange={change}
            />
          </>
        )}
      </Flex>
    </Container>
  );
}
