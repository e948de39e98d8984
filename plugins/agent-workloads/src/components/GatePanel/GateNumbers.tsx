import { Alert, Flex, Text } from '@backstage/ui';
import type { RunSummary } from '@agentworkloads/api';
import { factKindInText } from '../../lib/factText';
import { useWords, type Words } from '../../translation/words';
import styles from './GatePanel.module.css';

function Number(props: { value: number | string; label: string }) {
  return (
    <div className={styles.number}>
      <dd>{props.value}</dd>
      <dt>{props.label}</dt>
    </div>
  );
}

function kindsOf(summary: RunSummary, words: Words): string {
  return Object.entries(summary.byKind)
    .map(([kind, count]) =>
      words.t('evidence.ofKind', {
        number: count,
        kind: factKindInText(kind, words),
      }),
    )
    .join(', ');
}

function followedOf(
  { followed = [], followedTotal = 0 }: RunSummary,
  { t }: Words,
): string {
  const rest = followedTotal - followed.length;
  return [
    ...followed,
    ...(rest > 0 ? [t('common.andMore', { count: rest })] : []),
  ].join(', ');
}

/** How much was seen, compared and found: what the policy was told. */
export function GateNumbers(props: { summary: RunSummary }) {
  const { summary } = props;
  const words = useWords();
  const { t } = words;
  const { compared, changes = 0 } = summary;
  return (
    <Flex direction="column" gap="2">
      <dl className={styles.numbers}>
        <Number
          value={t('evidence.ofPages', {
            observed: summary.observed,
            pages: summary.pages,
          })}
          label={t('evidence.pagesObserved')}
        />
        <Number value={summary.facts} label={t('evidence.factsWithProof')} />
        {compared && (
          <Number value={changes} label={t('evidence.changesSince')} />
        )}
        {compared && compared.notCompared > 0 && (
          <Number
            value={compared.notCompared}
            label={t('evidence.notComparedNumber')}
          />
        )}
        {compared?.unstable ? (
          <Number value={compared.unstable} label={t('evidence.unstable')} />
        ) : null}
        <Number
          value={summary.notObservedTotal}
          label={t('evidence.notObserved')}
        />
      </dl>
      {kindsOf(summary, words) && (
        <Text as="p" variant="body-small" color="secondary">
          {t('evidence.byKind', { kinds: kindsOf(summary, words) })}
        </Text>
      )}
      {followedOf(summary, words) && (
        <Text as="p" variant="body-small" color="secondary">
          {t('evidence.followed', { links: followedOf(summary, words) })}
        </Text>
      )}
      {summary.degraded && (
        <Alert
          status="warning"
          icon
          title={t('evidence.degraded')}
          description={t('evidence.degradedText')}
        />
      )}
    </Flex>
  );
}
