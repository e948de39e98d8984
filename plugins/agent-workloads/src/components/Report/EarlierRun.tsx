import { Link, Text } from '@backstage/ui';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Comparison } from '../../lib/changes';
import { formatDate } from '../../lib/time';
import { useRunHref } from '../Links';

/** What that run did not see for sure is held against the last time before it that it was seen. */
function olderPages({ comparedWith }: Comparison): string {
  const pages = comparedWith?.lastObserved ?? [];
  if (pages.length === 0) return '';
  const named = pages
    .slice(0, 3)
    .map(({ url, at }) => `${url} of ${formatDate(at)}`)
    .join(', ');
  const more = pages.length > 3 ? `, and ${pages.length - 3} more` : '';
  return ` It did not see ${
    pages.length === 1 ? 'a page' : `${pages.length} pages`
  } for sure, held against an older run: ${named}${more}.`;
}

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
      {formatDate(completedAt)}.{olderPages(props.comparison)}
    </Text>
  );
}
