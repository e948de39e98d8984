import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { EntityLink } from '../Links';
import { SeenBefore } from '../OpenAgain';
import { Person } from '../People';
import { PhaseBadge } from '../PhaseBadge';
import { Ago, Duration, TimeLeft } from '../Times';
import { runTitle } from '../../lib/runTitle';
import { formatDate, keptUntil } from '../../lib/time';
import { useWords } from '../../translation/words';
import { EntityHint } from './EntityHint';
import { RunActions } from './RunActions';
import styles from './RunPage.module.css';

export function RunHeader(props: { run: RunDetail; onChanged: () => void }) {
  const { run } = props;
  const { t } = useWords();
  const title = runTitle(run);
  return (
    <header>
      <Flex direction="column" gap="3">
        <Flex
          justify="between"
          align="start"
          gap="4"
          style={{ flexWrap: 'wrap' }}
        >
          <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
            <Text
              as="h2"
              variant="title-medium"
              weight="bold"
              className={styles.title}
            >
              {title}
            </Text>
            <span role="status">
              <PhaseBadge phase={run.phase} />
            </span>
          </Flex>
          <RunActions run={run} onChanged={props.onChanged} />
        </Flex>
        <Text as="p" variant="body-small" color="secondary">
          {t('run.technicalName', { name: run.name })}
        </Text>
        {title !== run.objective.trim() && (
          <details className={styles.whole}>
            <summary>{t('run.wholeObjective')}</summary>
            <Text as="p" className={styles.objective}>
              {run.objective}
            </Text>
          </details>
        )}
        <dl className={styles.meta}>
          <Facts run={run} />
          <Place run={run} />
        </dl>
        {!run.requestedBy && (
          <Text as="p" variant="body-small">
            {t('run.nobodyAsks')}
          </Text>
        )}
        <EntityHint run={run} />
      </Flex>
    </header>
  );
}

/** Who asked for what, since when and for how long. */
function Facts({ run }: { run: RunDetail }) {
  const words = useWords();
  const { t } = words;
  const kept = keptUntil(run.resource);
  const waits = run.phase === 'AwaitingApproval';
  return (
    <>
      <div>
        <dt>{t('runs.requestedBy')}</dt>
        <dd>
          <Person name={run.requestedBy} people={run.people} />
        </dd>
      </div>
      <div>
        <dt>{t('runs.entity')}</dt>
        <dd>
          <EntityLink entityRef={run.entityRef} />
        </dd>
      </div>
      <div>
        <dt>{t('runs.started')}</dt>
        <dd>
          <Ago time={run.startedAt ?? run.createdAt} />
        </dd>
      </div>
      <div>
        <dt>{run.finishedAt ? t('run.took') : t('run.runningFor')}</dt>
        <dd>
          <Duration run={run} />
        </dd>
      </div>
      {run.reused && (
        <div>
          <dt>{t('run.pagesSeen')}</dt>
          <dd>
            <SeenBefore run={run} />
          </dd>
        </div>
      )}
      {kept && (
        <div>
          <dt>{t('run.keptUntil')}</dt>
          <dd>
            <time dateTime={kept}>{formatDate(kept, words)}</time>
          </dd>
        </div>
      )}
      {waits && (
        <div>
          <dt>{t('run.gate')}</dt>
          <dd>
            <TimeLeft deadline={run.gate?.deadline} />
          </dd>
        </div>
      )}
    </>
  );
}

/** What it visits, and where it runs. */
function Place({ run }: { run: RunDetail }) {
  const { t } = useWords();
  return (
    <>
      <div>
        <dt>{t('runs.hosts')}</dt>
        <dd>{run.hosts.join(', ')}</dd>
      </div>
      <div>
        <dt>{t('run.place')}</dt>
        <dd>
          {run.cluster} / {run.namespace}
        </dd>
      </div>
    </>
  );
}
