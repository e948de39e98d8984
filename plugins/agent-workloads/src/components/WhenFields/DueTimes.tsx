import { useMemo } from 'react';
import { Text } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import { useNow } from '../../hooks/useNow';
import { ownTimeZone, upcoming } from '../../lib/pace';
import { scheduleWords } from '../../lib/scheduleText';
import { useWords } from '../../translation/words';
import styles from './WhenFields.module.css';

/** With the day of the week: that is what people plan by. */
function dayAndTime(iso: string, locale: string): string {
  return new Date(iso).toLocaleString(locale, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
}

function Problem(props: { text: string }) {
  return (
    <div className={styles.problem}>
      <RiErrorWarningLine size={16} aria-hidden />
      <span>{props.text}.</span>
    </div>
  );
}

/** In words, and when that is by the reader's own clock; or what is wrong with it. */
export function DueTimes(props: { schedule: string; timeZone: string }) {
  const { schedule, timeZone } = props;
  const words = useWords();
  const { t } = words;
  const now = useNow();
  const minute = Math.floor(now / 60_000) * 60_000;
  const next = useMemo(
    () => upcoming(schedule, timeZone, minute),
    [schedule, timeZone, minute],
  );
  return (
    <div className={styles.due} role="status">
      {next.kind === 'invalid' ? (
        <Problem text={next.problem} />
      ) : (
        <>
          <Text as="div" weight="bold">
            {t('pace.wordsIn', {
              words: scheduleWords(schedule, words),
              timeZone,
            })}
          </Text>
          <Text as="div" variant="body-small">
            {t('pace.nextTimes', { timeZone: ownTimeZone() })}
          </Text>
          <ul className={styles.times}>
            {next.times.map(time => (
              <li key={time}>
                <time dateTime={time}>{dayAndTime(time, words.locale)}</time>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
