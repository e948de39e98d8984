import { Alert, Flex, Text } from '@backstage/ui';
import type { RunSummary } from '@agentworkloads/api';
import { factKindLabel } from '../../lib/factText';
import styles from './GatePanel.module.css';

function Number(props: { value: number | string; label: string }) {
  return (
    <div className={styles.number}>
      <dd>{props.value}</dd>
      <dt>{props.label}</dt>
    </div>
  );
}

function kindsOf(summary: RunSummary): string {
  return Object.entries(summary.byKind)
    .map(([kind, count]) => `${count} ${factKindLabel(kind).toLowerCase()}`)
    .join(', ');
}

function followedOf({ followed = [], followedTotal = 0 }: RunSummary): string {
  const rest = followedTotal - followed.length;
  return [...followed, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}

/** How much was seen, compared and found: what the policy was told. */
export function GateNumbers(props: { summary: RunSummary }) {
  const { summary } = props;
  const { compared, changes = 0 } = summary;
  return (
    <Flex direction="column" gap="2">
      <dl className={styles.numbers}>
        <Number
          value={`${summary.observed} of ${summary.pages}`}
          label="pages observed"
        />
        <Number value={summary.facts} label="facts, each with proof" />
        {compared && (
          <Number value={changes} label="changes since the earlier run" />
        )}
        {compared && compared.notCompared > 0 && (
          <Number value={compared.notCompared} label="not compared" />
        )}
        {compared?.unstable ? (
          <Number
            value={compared.unstable}
            label="of them unstable: two looks disagree"
          />
        ) : null}
        <Number value={summary.notObservedTotal} label="not observed" />
      </dl>
      {kindsOf(summary) && (
        <Text as="p" variant="body-small" color="secondary">
          Facts by kind: {kindsOf(summary)}
        </Text>
      )}
      {followedOf(summary) && (
        <Text as="p" variant="body-small" color="secondary">
          Followed beyond the targets, observed or not, as their pages name
          them: {followedOf(summary)}
        </Text>
      )}
      {summary.degraded && (
        <Alert
          status="warning"
          icon
          title="A step had to do without something"
          description="See the logs of the steps below. The report will say what is missing."
        />
      )}
    </Flex>
  );
}
