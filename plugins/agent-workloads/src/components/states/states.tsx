import type { ReactNode } from 'react';
import { Alert, Button, Flex, Skeleton, Text } from '@backstage/ui';
import type { ClusterState } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { problemOf, refusalOf } from '../../lib/problem';
import { useWords } from '../../translation/words';
import styles from './states.module.css';

/** @param what names the thing in a sentence: `t('what.runs')` */
export function ErrorState(props: {
  error: unknown;
  what: string;
  onRetry?: () => void;
}) {
  const words = useWords();
  const problem = problemOf(props.error, props.what, words);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={problem.title}
      description={problem.description}
      customActions={
        problem.retry && props.onRetry ? (
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            {words.t('common.retry')}
          </Button>
        ) : undefined
      }
    />
  );
}

/** @param action in the infinitive: `t('action.cancelRun')` */
export function RefusalState(props: { error: unknown; action: string }) {
  const { title, description } = refusalOf(
    props.error,
    props.action,
    useWords(),
  );
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={description}
    />
  );
}

export function EmptyState(props: {
  title: string;
  description: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Flex direction="column" align="start" gap="3" className={styles.empty}>
      <Text as="h3" variant="title-x-small" weight="bold">
        {props.title}
      </Text>
      <Text as="p" color="secondary" className={styles.prose}>
        {props.description}
      </Text>
      {props.action}
    </Flex>
  );
}

export function LoadingState(props: { what: string; rows?: number }) {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('common.loading', { what: props.what })}>
      <Flex direction="column" gap="3">
        {Array.from({ length: props.rows ?? 4 }, (_, row) => (
          <Skeleton key={row} height={20} width={`${96 - row * 14}%`} />
        ))}
      </Flex>
    </div>
  );
}

/** What is wrong with clusters, and with the portal's accounts there. */
export function ClusterBanner(props: { clusters?: readonly ClusterState[] }) {
  return (
    <>
      <UnreadClusters {...props} />
      <LackingAccounts {...props} />
    </>
  );
}

function LackingAccounts(props: { clusters?: readonly ClusterState[] }) {
  const { t } = useWords();
  const lacking = (props.clusters ?? []).flatMap(({ lacks }) => lacks ?? []);
  if (!lacking.length) {
    return null;
  }
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('cluster.accountLacks')}
      description={t('cluster.accountLacksText', {
        rights: lacking.join('; '),
      })}
    />
  );
}

/** Clusters that can't be read now; their last known runs are still shown. */
function UnreadClusters(props: { clusters?: readonly ClusterState[] }) {
  const { t } = useWords();
  const broken = (props.clusters ?? []).filter(
    cluster => cluster.error || !cluster.synced,
  );
  if (!broken.length) {
    return null;
  }
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={
        broken.length === 1
          ? t('cluster.unread', { name: broken[0].name })
          : t('cluster.unreadMany', { count: broken.length })
      }
      description={t('cluster.unreadText', {
        details: broken
          .map(
            ({ name, error }) =>
              `${name}: ${error ?? t('cluster.firstListMissing')}.`,
          )
          .join(' '),
      })}
    />
  );
}
