import type { ReactNode } from 'react';
import { Alert, Button, Flex, Skeleton, Text } from '@backstage/ui';
import type { ClusterState } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { problemOf, refusalOf } from '../../lib/problem';
import styles from './states.module.css';

/** @param what names the thing in a sentence: "the runs", "this report" */
export function ErrorState(props: {
  error: unknown;
  what: string;
  onRetry?: () => void;
}) {
  const problem = problemOf(props.error, props.what);
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
            Try again
          </Button>
        ) : undefined
      }
    />
  );
}

/** @param action in the infinitive: "cancel the run" */
export function RefusalState(props: { error: unknown; action: string }) {
  const { title, description } = refusalOf(props.error, props.action);
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
  return (
    <div role="status" aria-label={`Loading ${props.what}`}>
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
  const lacking = (props.clusters ?? []).flatMap(({ lacks }) => lacks ?? []);
  if (!lacking.length) {
    return null;
  }
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title="The portal's account lacks rights"
      description={`Some actions will be refused: ${lacking.join(
        '; ',
      )}. Who runs the portal must mend it and start the backend again.`}
    />
  );
}

/** Clusters that can't be read now; their last known runs are still shown. */
function UnreadClusters(props: { clusters?: readonly ClusterState[] }) {
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
          ? `Cluster ${broken[0].name} can't be read now`
          : `${broken.length} clusters can't be read now`
      }
      description={
        <>
          What you see of them may be old. The portal tries again by itself.{' '}
          {broken
            .map(
              cluster =>
                `${cluster.name}: ${
                  cluster.error ?? 'the first list has not come yet'
                }.`,
            )
            .join(' ')}
        </>
      }
    />
  );
}
