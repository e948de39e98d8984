import { Dialog, DialogBody, DialogHeader, Flex, Text } from '@backstage/ui';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { runNowAnswer } from '../../lib/scheduleText';
import { formatDate } from '../../lib/time';
import styles from './SchedulesPage.module.css';

type NotStarted = ScheduleItem['notStarted'][number];

function Time(props: { time: string }) {
  return <time dateTime={props.time}>{formatDate(props.time)}</time>;
}

function When(props: { row: NotStarted }) {
  const { from, to, times } = props.row;
  return (
    <Text as="div" weight="bold">
      <Time time={from} />
      {times > 1 && (
        <>
          {' to '}
          <Time time={to} />, {times} due times
        </>
      )}
    </Text>
  );
}

function LastRunNow(props: { schedule: ScheduleItem }) {
  const { lastRunNow } = props.schedule;
  const answer = runNowAnswer(props.schedule);
  return lastRunNow && answer ? (
    <Text as="p">
      Last asked for by hand, <Time time={lastRunNow.at} />: {answer}
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
  return (
    <Dialog isOpen width={640} onOpenChange={open => !open && onClose()}>
      <DialogHeader>{`What ${name} did not start`}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <LastRunNow schedule={schedule} />
          <Text as="p" color="secondary">
            {notStarted.length > 0
              ? 'Due times that led to no run, the last ones first. Ten reasons are shown at most; kubectl describe has up to fifty.'
              : 'Each due time that is known of led to its run.'}{' '}
            Times are yours ({timeZone}).
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
