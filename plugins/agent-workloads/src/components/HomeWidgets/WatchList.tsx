import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import {
  useChanges,
  useRuns,
  useSchedules,
  WithQueries,
} from '../../hooks/queries';
import { CompanyMark } from '../CompanyMark';
import { LATEST_RUNS } from '../../hooks/useHomeVisit';
import { useNow } from '../../hooks/useNow';
import { changeText } from '../../lib/factText';
import { formatUntil } from '../../lib/time';
import { watchList, type Watched } from '../../lib/watchList';
import { changesRouteRef } from '../../routes';
import { useWords } from '../../translation/words';
import { NewScrapeButton, useRunHref } from '../Links';
import { ErrorState, LoadingState } from '../states';
import { Ago } from '../Times';
import styles from './HomeWidgets.module.css';

const SHOWN = 12;
/** As many as the backend gives at once. */
const LOOKED_AT = 200;

/** For who has run nothing yet. */
function FirstSteps() {
  const { t } = useWords();
  return (
    <Flex direction="column" gap="3" align="start" className={styles.box}>
      <ol className={styles.steps}>
        <li>{t('watch.stepLaunch')}</li>
        <li>{t('watch.stepLook')}</li>
        <li>{t('watch.stepRead')}</li>
      </ol>
      <NewScrapeButton />
    </Flex>
  );
}

function Company({ company }: { company: Watched }) {
  const words = useWords();
  const { t } = words;
  const runHref = useRunHref();
  const { last, report, unread, nextAt } = company;
  const now = useNow(nextAt !== undefined);
  return (
    <li data-unread={unread > 0 || undefined}>
      <div className={styles.company}>
        <Text as="div" weight={unread > 0 ? 'bold' : 'regular'}>
          <CompanyMark name={company.name} />
          <bdi>{company.name}</bdi>
          {unread > 0 && ` · ${t('watch.unread', { count: unread })}`}
        </Text>
        {last ? (
          <Link href={runHref(last.run, 'report')}>
            <bdi>{last.change.subject}</bdi>:{' '}
            {changeText(last.change, undefined, words)}
          </Link>
        ) : (
          <Text color="secondary">
            {t('watch.noChange')}{' '}
            {report && (
              <Link
                href={runHref(report, 'report')}
                aria-label={t('watch.reportOf', { company: company.name })}
              >
                {t('watch.report')}
              </Link>
            )}
          </Text>
        )}
      </div>
      <Text
        as="div"
        variant="body-small"
        color="secondary"
        className={styles.when}
      >
        {last && <Ago time={last.completedAt} />}
        {last && nextAt && <br />}
        {nextAt && t('watch.next', { when: formatUntil(nextAt, now, words) })}
      </Text>
    </li>
  );
}

function Content() {
  const { t } = useWords();
  const changes = useChanges({ limit: LOOKED_AT });
  const unread = useChanges({ show: 'unread', limit: LOOKED_AT });
  const schedules = useSchedules();
  const runs = useRuns(LATEST_RUNS, { refetchOnMount: true });
  const allChanges = useRouteRef(changesRouteRef)?.();
  if (changes.isPending || runs.isPending) {
    return <LoadingState what={t('what.changes')} rows={4} />;
  }
  const failed = [changes, runs].find(({ error, data }) => error && !data);
  if (failed) {
    return (
      <ErrorState
        error={failed.error}
        what={t('what.changes')}
        onRetry={() => failed.refetch()}
      />
    );
  }
  const companies = watchList(
    changes.data?.items ?? [],
    unread.data?.items ?? [],
    schedules.data?.items ?? [],
  );
  if (companies.length === 0) {
    return runs.data?.total ? (
      <Text color="secondary" className={styles.box}>
        {t('watch.nothingYet')}
      </Text>
    ) : (
      <FirstSteps />
    );
  }
  return (
    <Flex direction="column" gap="3" align="start" className={styles.box}>
      <ul className={styles.list} aria-label={t('watch.title')}>
        {companies.slice(0, SHOWN).map(company => (
          <Company key={company.host} company={company} />
        ))}
      </ul>
      <Link href={allChanges}>{t('home.allChanges')}</Link>
    </Flex>
  );
}

/** Each company that runs come back to: its last change, in bold what is unread, and when it is visited next; before all that, three steps. */
export function WatchList() {
  return (
    <WithQueries>
      <Content />
    </WithQueries>
  );
}
