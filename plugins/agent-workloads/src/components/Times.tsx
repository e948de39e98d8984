import { Text } from '@backstage/ui';
import { useNow } from '../hooks/useNow';
import {
  durationOf,
  formatAgo,
  formatDate,
  formatElapsed,
  formatUntil,
} from '../lib/time';
import { useWords } from '../translation/words';

/** `5 min ago`, the full date on hover and for screen readers. */
export function Ago(props: { time?: string }) {
  const words = useWords();
  const now = useNow(props.time !== undefined);
  if (!props.time) {
    return <span>–</span>;
  }
  return (
    <time dateTime={props.time} title={formatDate(props.time, words)}>
      {formatAgo(props.time, now, words)}
    </time>
  );
}

/** The date in the reader's own time, and how long it is until then. */
export function Until(props: { time: string }) {
  const words = useWords();
  const now = useNow();
  return (
    <time dateTime={props.time}>
      {formatDate(props.time, words)}
      <Text as="div" variant="body-small" color="secondary">
        {formatUntil(props.time, now, words)}
      </Text>
    </time>
  );
}

/** Counts while the run goes on. */
export function Duration(props: {
  run: { startedAt?: string; finishedAt?: string };
}) {
  const { startedAt, finishedAt } = props.run;
  const words = useWords();
  const now = useNow(Boolean(startedAt && !finishedAt));
  const ms = durationOf(props.run, now);
  return <span>{ms === undefined ? '–' : formatElapsed(ms, words)}</span>;
}

export function TimeLeft(props: { deadline?: string }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(props.deadline !== undefined);
  if (!props.deadline) {
    return <span>{t('time.noLimit')}</span>;
  }
  const ms = Date.parse(props.deadline) - now;
  // No live region: a screen reader must not be told every second.
  return (
    <time dateTime={props.deadline} title={formatDate(props.deadline, words)}>
      {ms > 0
        ? t('time.left', { time: formatElapsed(ms, words) })
        : t('time.over')}
    </time>
  );
}
