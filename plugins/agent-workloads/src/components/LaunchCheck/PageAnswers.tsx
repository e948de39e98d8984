import { Text } from '@backstage/ui';
import { reasonsOf } from '@agentworkloads/api';
import type { PageCheck } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiCheckLine, RiErrorWarningLine } from '@remixicon/react';
import { sortedPages } from '../../lib/launchCheck';
import { pageSentence } from '../../lib/pageSentence';
import { policySentence } from '../../lib/policySentence';
import { useWords } from '../../translation/words';
import styles from './LaunchCheck.module.css';

/** As many of them are shown without being asked for. */
const OPEN_PAGES = 6;

function Page({ page }: { page: PageCheck }) {
  const words = useWords();
  const isFree = ['allowed', 'noRules'].includes(page.outcome);
  const Icon = isFree ? RiCheckLine : RiErrorWarningLine;
  return (
    <li className={styles.page} data-free={isFree || undefined}>
      <Icon size={16} aria-hidden />
      <span>
        <span className={styles.url}>{page.url}</span>
        <br />
        {pageSentence(page, words)} {page.rule && <code>{page.rule.text}</code>}
        {reasonsOf(page.reasons, page.said)
          .map(reason => policySentence(reason, words))
          .join(' ')}
      </span>
    </li>
  );
}

function Pages(props: { pages: readonly PageCheck[]; label?: string }) {
  return (
    <ul className={styles.pages} aria-label={props.label}>
      {props.pages.map(page => (
        <Page key={page.url} page={page} />
      ))}
    </ul>
  );
}

/** One sentence for all that were left out for the same reason. */
function Unknown({ pages }: { pages: readonly PageCheck[] }) {
  const { t } = useWords();
  const reasons = new Set(pages.map(({ why }) => why));
  return (
    <>
      {[...reasons].map(why => (
        <Text as="p" key={why ?? ''}>
          {t(`pageCheck.${why ?? 'unknown'}`, {
            count: pages.filter(page => page.why === why).length,
          })}
        </Text>
      ))}
    </>
  );
}

/** What the sites say of the pages: what would be left out first, what may be visited folded where it is long. */
export function PageAnswers({ pages }: { pages: readonly PageCheck[] }) {
  const { t } = useWords();
  const { free, stopped, unknown } = sortedPages(pages);
  const stoppedTitle = t('pageCheck.stopped', { number: stopped.length });
  return (
    <>
      {stopped.length > 0 && (
        <div>
          <Text as="h4" variant="body-medium" weight="bold">
            {stoppedTitle}
          </Text>
          <Pages pages={stopped} label={stoppedTitle} />
        </div>
      )}
      <Unknown pages={unknown} />
      {free.length > 0 && (
        <details open={pages.length <= OPEN_PAGES} className={styles.free}>
          <summary>{t('pageCheck.free', { number: free.length })}</summary>
          <Pages pages={free} />
        </details>
      )}
    </>
  );
}
