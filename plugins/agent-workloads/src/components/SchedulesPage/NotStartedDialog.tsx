import { Dialog, DialogBody, DialogHeader, Flex, Text } from '@backstage/ui';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { runNowAnswer } from '../../lib/scheduleText';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import styles from './SchedulesPage.module.css';

type NotStarted = ScheduleItem['notStarted'][number];

function Time(props: { time: string }) {
  const words = useWords();
  return <time dateTime={props.time}>{formatDate(props.time, words)}</time>;
}

function When(props: { row: NotStarted }) {
  const { from, to, times } = props.row;
  const { t } = useWords();
  return (
    <Text as="div" weight="bold">
      {times > 1 ? (
        t('notStarted.row', {
          from: <Time time={from} />,
          to: <Time time={to} />,
          times,
        })
      ) : (
        <Time time={from} />
      )}
    </Text>
  );
}

function LastRunNow(props: { schedule: ScheduleItem }) {
  const { lastRunNow } = props.schedule;
  const words = useWords();
  const answer = runNowAnswer(props.schedule, words);
  return lastRunNow && answer ? (
    <Text as="p">
      {words.t('notStarted.byHand', {
        time: <Time time={lastRunNow.at} />,
        answer,
      })}
    </Text>
  ) : null;
}

/** Why due times led to no run, as the operator wrote it down. */
export function NotStartedDialog(props: {
  schedule: ScheduleItem;
  /** Where the reader is, by the name of the time zone. */
  timeZone: string;
  onClose: () => void;
}) {
  const { schedule, timeZone, onClose } = props;
  const { name, notStarted } = schedule;
  const { t } = useWords();
  return (
    <Dialog isOpen width={640} onOpenChange={open => !open && onClose()}>
      <DialogHeader>{t('notStarted.title', { name })}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <LastRunNow schedule={schedule} />
          <Text as="p" color="secondary">
            {t(notStarted.length > 0 ? 'notStarted.some' : 'notStarted.none', {
              timeZone,
            })}
          </Text>
          <ul className={styles.notStarted}>
            {notStarted.map(row => (
              <li key={`${row.from} ${row.reason}`}>
                <When row={row} />
                <Text as="div" className={styles.message}>
                  {row.message}
                </Text>
              </li>
            ))}
          </ul>
        </Flex>
      </DialogBody>
    </Dialog>
  );
}
