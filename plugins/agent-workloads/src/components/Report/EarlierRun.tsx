import { Link, Text } from '@backstage/ui';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Comparison } from '../../lib/changes';
import { formatDate } from '../../lib/time';
import { useRunHref } from '../Links';

/** Which run the changes are held against, to look at it beside this one; nothing where there is none. */
export function EarlierRun(props: { run: RunRef; comparison: Comparison }) {
  const href = useRunHref();
  const baseline = props.comparison.comparedWith?.baseline;
  if (!baseline) return null;
  const { cluster, namespace } = props.run;
  const { name, completedAt } = baseline;
  return (
    <Text as="p" variant="body-small" color="secondary">
      The earlier run is{' '}
      <Link href={href({ cluster, namespace, name })}>{name}</Link>, completed{' '}
      {formatDate(completedAt)}.
    </Text>
  );
}
