import { useEffect, useMemo, useRef } from 'react';
import { Button, Flex, Text } from '@backstage/ui';
import { STEPS } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiDownloadLine } from '@remixicon/react';
import { useLog } from '../../hooks/useLog';
import { saveAs } from '../../lib/saveAs';
import { pagesDone } from '../../lib/scrapeProgress';
import { MAX_LINES, parseLogLine, splitLog } from '../../lib/logLines';
import { useWords } from '../../translation/words';
import { ErrorState } from '../states';
import type { ShownStep } from '../../lib/stepText';
import styles from './StepDetails.module.css';

const STATE_WORDS = {
  loading: 'steps.logOpening',
  following: 'steps.logLive',
  ended: 'steps.logEnded',
  failed: 'steps.logLost',
} as const;

/** Follows to the end unless the reader has scrolled up. */
function useStickToEnd(content: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (box.current && atEnd.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [content]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
  };
  return { box, onScroll };
}

/** How far a long scrape has come. How long the rest takes nobody knows: pages differ too much. */
function Pages(props: { run: RunDetail; step: ShownStep; text: string }) {
  const { run, step, text } = props;
  const { t } = useWords();
  const counts = step.name === STEPS.scrape && step.phase === 'Running';
  const done = useMemo(
    () => (counts ? pagesDone(text.split('\n')) : undefined),
    [counts, text],
  );
  return done === undefined ? null : (
    <Text variant="body-small" weight="bold">
      {t('steps.pagesDone', {
        done,
        all: Math.max(done, run.resource.spec.targetUrls.length),
      })}
    </Text>
  );
}

export function StepLog(props: { run: RunDetail; step: ShownStep }) {
  const { run, step } = props;
  const { t } = useWords();
  const follow = step.phase === 'Running' || step.phase === 'Pending';
  const log = useLog(run, step.name, follow, step.podName);
  const { lines, dropped } = useMemo(() => splitLog(log.text), [log.text]);
  const { box, onScroll } = useStickToEnd(log.text);
  const failed = log.state === 'failed' && !follow;
  return (
    <Flex direction="column" gap="2">
      <Flex justify="between" align="center" gap="3">
        <Flex gap="2" align="center">
          <Text as="h4" variant="body-medium" weight="bold">
            {t('steps.log')}
          </Text>
          {!failed && (
            <Text variant="body-small" color="secondary" role="status">
              {t(STATE_WORDS[log.state])}
            </Text>
          )}
          <Pages run={run} step={step} text={log.text} />
        </Flex>
        <Button
          size="small"
          variant="tertiary"
          isDisabled={!log.text}
          iconStart={<RiDownloadLine aria-hidden />}
          onPress={() =>
            saveAs(
              new Blob([log.text], { type: 'text/plain' }),
              `${run.name}-${step.name}.log`,
            )
          }
        >
          {t('steps.download')}
        </Button>
      </Flex>
      {failed && <ErrorState error={log.error} what={t('what.log')} />}
      <div
        ref={box}
        onScroll={onScroll}
        className={styles.log}
        role="log"
        aria-live="off"
        aria-label={t('steps.logOf', { name: step.name })}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {dropped > 0 && (
          <div className={styles.dropped}>
            {t('steps.earlierLines', { count: dropped, shown: MAX_LINES })}
          </div>
        )}
        {lines.map((line, index) => (
          <Line key={dropped + index} line={line} />
        ))}
        {lines.length === 0 && log.state !== 'loading' && (
          <div className={styles.dropped}>{t('steps.nothingWritten')}</div>
        )}
      </div>
    </Flex>
  );
}

function Line(props: { line: string }) {
  const { time, level, text } = useMemo(
    () => parseLogLine(props.line),
    [props.line],
  );
  return (
    <div className={styles.line} data-level={level}>
      {time && <span className={styles.time}>{time}</span>}
      {level && <span className={styles.level}>{level}</span>}
      <span>{text}</span>
    </div>
  );
}
