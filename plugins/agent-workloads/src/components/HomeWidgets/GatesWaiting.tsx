import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { useGates, WithQueries } from '../../hooks/queries';
import { runTitle } from '../../lib/runTitle';
import { gatesRouteRef } from '../../routes';
import { useWords } from '../../translation/words';
import { useRunHref } from '../Links';
import { ErrorState, LoadingState } from '../states';
import { TimeLeft } from '../Times';
import styles from './HomeWidgets.module.css';

const SHOWN = 5;

function Content() {
  const { t } = useWords();
  const gates = useGates({ refetchOnMount: true });
  const runHref = useRunHref();
  const allGates = useRouteRef(gatesRouteRef)?.();
  if (gates.isPending) {
    return <LoadingState what={t('what.gates')} rows={3} />;
  }
  if (gates.error && !gates.data) {
    return (
      <ErrorState
        error={gates.error}
        what={t('what.gates')}
        onRetry={() => gates.refetch()}
      />
    );
  }
  const items = gates.data?.items ?? [];
  const mine = items.filter(gate => gate.mayDecide.allowed);
  const others = items.length - mine.length;
  return (
    <Flex direction="column" gap="3" align="start" className={styles.box}>
      {mine.length === 0 && (
        <Text color="secondary">{t('gates.nothingWaits')}</Text>
      )}
      <ul className={styles.list}>
        {mine.slice(0, SHOWN).map(gate => (
          <li key={gate.uid}>
            <Link href={runHref(gate, 'overview')}>{runTitle(gate)}</Link>
            <Text variant="body-small" className={styles.when}>
              <TimeLeft deadline={gate.deadline} />
            </Text>
          </li>
        ))}
      </ul>
      <Link href={allGates}>
        {others > 0
          ? t('home.allGatesOthers', { count: others })
          : t('home.allGates')}
      </Link>
    </Flex>
  );
}

export function GatesWaiting() {
  return (
    <WithQueries>
      <Content />
    </WithQueries>
  );
}
