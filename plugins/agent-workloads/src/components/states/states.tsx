import { useEffect, useState, type ReactNode } from 'react';
import { Alert, Button, ButtonLink, Flex, Skeleton, Text } from '@backstage/ui';
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
  const { onRetry } = props;
  const retry = problem.retry && onRetry && (
    <Button size="small" variant="secondary" onPress={onRetry}>
      {words.t('common.retry')}
    </Button>
  );
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={problem.title}
      description={problem.description}
      customActions={problem.signIn ? <SignInButton /> : retry || undefined}
    />
  );
}

/** The page anew: whoever has no session any more comes to the sign-in page, and from there back to this address. */
function SignInButton() {
  const { t } = useWords();
  return (
    <Button
      size="small"
      variant="secondary"
      onPress={() => window.location.reload()}
    >
      {t('problem.signIn')}
    </Button>
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
  /** Where nothing else of the page stands above it. */
  isWholePage?: boolean;
}) {
  return (
    <Flex direction="column" align="start" gap="3" className={styles.empty}>
      <Text
        as={props.isWholePage ? 'h2' : 'h3'}
        variant="title-x-small"
        weight="bold"
      >
        {props.title}
      </Text>
      <Text as="p" color="secondary" className={styles.prose}>
        {props.description}
      </Text>
      {props.action}
    </Flex>
  );
}

/** After how long somebody asks themselves whether anything happens at all. */
const SLOW_MS = 5_000;

/** Says that an answer takes long, once it does; read out, for it comes late. */
export function SlowNotice(props: { what: string }) {
  const { t } = useWords();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      {isSlow && (
        <Alert
          status="warning"
          icon
          title={t('problem.slow', { what: props.what })}
          description={t('problem.slowText')}
        />
      )}
    </div>
  );
}

export function LoadingState(props: { what: string; rows?: number }) {
  const { t } = useWords();
  return (
    <Flex direction="column" gap="3">
      <SlowNotice what={props.what} />
      <div role="status" aria-label={t('common.loading', { what: props.what })}>
        <Flex direction="column" gap="3">
          {Array.from({ length: props.rows ?? 4 }, (_, row) => (
            <Skeleton
              key={row}
              className={styles.skeleton}
              height={20}
              width={`${96 - row * 14}%`}
            />
          ))}
        </Flex>
      </div>
    </Flex>
  );
}

/** For an address of ours that leads nowhere. */
export function NotFoundState(props: { home: string }) {
  const { t } = useWords();
  return (
    <EmptyState
      isWholePage
      title={t('problem.noPage')}
      description={t('problem.noPageText')}
      action={
        <ButtonLink href={props.home} variant="secondary">
          {t('problem.toRuns')}
        </ButtonLink>
      }
    />
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
