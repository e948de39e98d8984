import { useEffect, useMemo, useRef } from 'react';
import { Button, Flex, Switch, Text } from '@backstage/ui';
import { STEPS } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiDownloadLine } from '@remixicon/react';
import { useKept } from '../../hooks/useKept';
import { useLog } from '../../hooks/useLog';
import { usePageHashes } from '../../hooks/usePageHashes';
import { isOfOurSteps, lineForPeople } from '../../lib/logForPeople';
import { saveAs } from '../../lib/saveAs';
import { pagesDone } from '../../lib/scrapeProgress';
import {
  MAX_LINES,
  parseLogLine,
  splitLog,
  type LogLine,
} from '../../lib/logLines';
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

interface ShownLine {
  key: number;
  line: LogLine;
}

/** In words, or each line as it was written. */
function useShownLines(run: RunDetail, text: string) {
  const words = useWords();
  const [isTechnical, setTechnical] = useKept(
    'technical-log',
    kept => kept === true,
  );
  const pageOf = usePageHashes(run.resource.spec.targetUrls);
  const { lines, dropped } = useMemo(() => splitLog(text), [text]);
  const hasWords = useMemo(() => isOfOurSteps(lines), [lines]);
  const shown: ShownLine[] = useMemo(
    () =>
      lines.flatMap((line, index) => {
        const read =
          hasWords && !isTechnical
            ? lineForPeople(line, pageOf, words)
            : parseLogLine(line);
        return read ? [{ key: dropped + index, line: read }] : [];
      }),
    [lines, dropped, hasWords, isTechnical, pageOf, words],
  );
  const isEmpty = lines.length === 0;
  return { shown, isEmpty, dropped, hasWords, isTechnical, setTechnical };
}

export function StepLog(props: { run: RunDetail; step: ShownStep }) {
  const { run, step } = props;
  const { t } = useWords();
  const follow = step.phase === 'Running' || step.phase === 'Pending';
  const log = useLog(run, step.name, follow, step.podName);
  const { shown, isEmpty, dropped, hasWords, isTechnical, setTechnical } =
    useShownLines(run, log.text);
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
      {hasWords && (
        <Switch
          label={t('steps.technical')}
          isSelected={isTechnical}
          onChange={setTechnical}
        />
      )}
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
        {shown.map(({ key, line }) => (
          <Line key={key} line={line} inWords={hasWords && !isTechnical} />
        ))}
        {isEmpty && log.state !== 'loading' && (
          <div className={styles.dropped}>{t('steps.nothingWritten')}</div>
        )}
      </div>
    </Flex>
  );
}

function Line(props: { line: LogLine; inWords: boolean }) {
  const { time, level, text } = props.line;
  // In words, only what is not as usual has to be told apart.
  const shownLevel =
    props.inWords && level !== 'warn' && level !== 'error' ? undefined : level;
  return (
    <div className={styles.line} data-level={level} data-words={props.inWords}>
      {time && <span className={styles.time}>{time}</span>}
      {shownLevel && <span className={styles.level}>{shownLevel}</span>}
      <span>{text}</span>
    </div>
  );
}
