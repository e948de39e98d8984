import { Link, Text } from '@backstage/ui';
import { comparedSince } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Comparison } from '../../lib/changes';
import { formatDate } from '../../lib/time';
import { useWords, type Words } from '../../translation/words';
import { useRunHref } from '../Links';

/** What that run did not see for sure is held against the last time before it that it was seen. */
function olderPages({ comparedWith }: Comparison, words: Words): string {
  const { t } = words;
  const pages = comparedWith?.lastObserved ?? [];
  if (pages.length === 0) return '';
  const named = pages
    .slice(0, 3)
    .map(({ url, at }) =>
      t('comparison.pageOf', { url, date: formatDate(at, words) }),
    );
  const more =
    pages.length > 3 ? [t('common.andMore', { count: pages.length - 3 })] : [];
  return t('comparison.olderPages', {
    count: pages.length,
    pages: [...named, ...more].join(', '),
  });
}

/** Which run the changes are held against, to look at it beside this one; nothing where there is none. */
export function EarlierRun(props: { run: RunRef; comparison: Comparison }) {
  const words = useWords();
  const href = useRunHref();
  const baseline = props.comparison.comparedWith?.baseline;
  if (!baseline) return null;
  const { cluster, namespace } = props.run;
  const { name, seenAt } = baseline;
  const key = seenAt ? 'comparison.earlierRunSaw' : 'comparison.earlierRun';
  return (
    <Text as="p" variant="body-small" color="secondary">
      {words.t(key, {
        run: <Link href={href({ cluster, namespace, name })}>{name}</Link>,
        date: formatDate(comparedSince(baseline), words),
      })}
      {olderPages(props.comparison, words)}
    </Text>
  );
}
