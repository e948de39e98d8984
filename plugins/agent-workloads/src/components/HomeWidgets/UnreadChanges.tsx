import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { useChanges, WithQueries } from '../../hooks/queries';
import { changesRouteRef } from '../../routes';
import { LatestChanges } from '../Changes';
import { ErrorState, LoadingState } from '../states';

const SHOWN = 5;

function Content() {
  const changes = useChanges({ show: 'unread', limit: SHOWN });
  const allChanges = useRouteRef(changesRouteRef)?.();
  if (changes.isPending) {
    return <LoadingState what="the changes" rows={4} />;
  }
  if (changes.error && !changes.data) {
    return (
      <ErrorState
        error={changes.error}
        what="the changes"
        onRetry={() => changes.refetch()}
      />
    );
  }
  const { items = [], nextCursor, takenIn } = changes.data ?? {};
  return (
    <Flex direction="column" gap="3" align="start">
      {items.length === 0 && (
        <Text color="secondary">
          {takenIn
            ? 'Nothing has changed since you last looked.'
            : 'No run is completed yet: what a run changed is told here once its gate let it pass.'}
        </Text>
      )}
      {items.length > 0 && <LatestChanges items={items} />}
      <Link href={nextCursor ? `${allChanges}?show=unread` : allChanges}>
        {nextCursor ? 'All that is unread' : 'All changes'}
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
