import { Button, Flex } from '@backstage/ui';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import type { ScheduleActions } from './useScheduleActions';

/** Opens a dialog about a schedule: whether to take it over, or what it did not start. */
export type Open = (kind: 'take-over' | 'details', one: ScheduleItem) => void;

/** Whether there is anything that a person can do with it or learn of it. */
export function hasActions(one: ScheduleItem): boolean {
  return one.mayRun || one.mayUpdate || hasDetails(one);
}

function hasDetails({ notStarted, lastRunNow }: ScheduleItem): boolean {
  return notStarted.length > 0 || lastRunNow?.reason !== undefined;
}

/** Only what the person may do. To suspend asks nothing: the same button takes it back. */
export function ActionCell(props: {
  schedule: ScheduleItem;
  actions: ScheduleActions;
  open: Open;
}) {
  const { schedule, actions, open } = props;
  const { name, suspend } = schedule;
  const { t } = useWords();
  const busy =
    actions.isBusy(schedule, 'suspend') || actions.isBusy(schedule, 'resume');
  return (
    <Flex gap="1" style={{ flexWrap: 'wrap' }}>
      {schedule.mayRun && (
        <Button
          size="small"
          variant="secondary"
          aria-label={t('schedules.runNowOf', { name })}
          isPending={actions.isBusy(schedule, 'run')}
          onPress={() =>
            schedule.isYours
              ? actions.runNow(schedule)
              : open('take-over', schedule)
          }
        >
          {t('schedules.runNow')}
        </Button>
      )}
      {schedule.mayUpdate && (
        <Button
          size="small"
          variant="secondary"
          aria-label={t(
            suspend ? 'schedules.resumeOf' : 'schedules.suspendOf',
            { name },
          )}
          isPending={busy}
          onPress={() => actions.toggle(schedule)}
        >
          {suspend ? t('schedules.resume') : t('schedules.suspend')}
        </Button>
      )}
      {hasDetails(schedule) && (
        <Button
          size="small"
          variant="tertiary"
          aria-label={t('schedules.notStartedOf', { name })}
          onPress={() => open('details', schedule)}
        >
          {t('schedules.notStarted')}
        </Button>
      )}
    </Flex>
  );
}
