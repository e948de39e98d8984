import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { useChanges, WithQueries } from '../../hooks/queries';
import { changesRouteRef } from '../../routes';
import { useWords } from '../../translation/words';
import { LatestChanges } from '../Changes';
import { ErrorState, LoadingState } from '../states';
import styles from './HomeWidgets.module.css';

const SHOWN = 5;

function Content() {
  const { t } = useWords();
  const changes = useChanges({ show: 'unread', limit: SHOWN });
  const allChanges = useRouteRef(changesRouteRef)?.();
  if (changes.isPending) {
    return <LoadingState what={t('what.changes')} rows={4} />;
  }
  if (changes.error && !changes.data) {
    return (
      <ErrorState
        error={changes.error}
        what={t('what.changes')}
        onRetry={() => changes.refetch()}
      />
    );
  }
  const { items = [], nextCursor, takenIn } = changes.data ?? {};
  return (
    <Flex direction="column" gap="3" align="start" className={styles.box}>
      {items.length === 0 && (
        <Text color="secondary">
          {takenIn ? t('home.nothingChanged') : t('home.noCompletedRun')}
        </Text>
      )}
      {items.length > 0 && <LatestChanges items={items} />}
      <Link href={nextCursor ? `${allChanges}?show=unread` : allChanges}>
        {nextCursor ? t('home.allUnread') : t('home.allChanges')}
      </Link>
    </Flex>
  );
}

/** What completed runs changed since the person last looked. */
export function UnreadChanges() {
  return (
    <WithQueries>
      <Content />
    </WithQueries>
  );
}
