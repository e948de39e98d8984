import { useState } from 'react';
import { Flex, Table, Text } from '@backstage/ui';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useIsNarrow } from '../../hooks/useIsNarrow';
import { ownTimeZone } from '../../lib/pace';
import { runNowAnswer } from '../../lib/scheduleText';
import { useWords, type Words } from '../../translation/words';
import { useRunHref, useScheduleHref } from '../Links';
import { RefusalState } from '../states';
import { hasActions, type Open } from './ActionCell';
import { scheduleColumns, tableColumns } from './columns';
import { ScheduleCards } from './ScheduleCards';
import { NotStartedDialog } from './NotStartedDialog';
import { TakeOverDialog } from './TakeOverDialog';
import {
  rowKey,
  useScheduleActions,
  type Done,
  type ScheduleActions,
} from './useScheduleActions';
import styles from './SchedulesPage.module.css';

function sentence(
  { action, name, row, token }: Done,
  items: ScheduleItem[],
  words: Words,
) {
  const { t } = words;
  if (action === 'suspend') {
    return t('schedules.isSuspended', { name });
  }
  if (action === 'resume') {
    return t('schedules.isResumed', { name });
  }
  const found = items.find(one => rowKey(one) === row);
  const answer =
    found?.lastRunNow?.token === token && found && runNowAnswer(found, words);
  return answer
    ? t('schedules.answer', { name, answer })
    : t('schedules.runAskedFor', { name });
}

/** What a person has done here, and what became of it; a screen reader says it. */
function Outcome(props: { actions: ScheduleActions; items: ScheduleItem[] }) {
  const { done, problem } = props.actions;
  const words = useWords();
  return (
    <>
      <Text as="p" role="status">
        {done && sentence(done, props.items, words)}
      </Text>
      {problem && <RefusalState {...problem} />}
    </>
  );
}

interface Opened {
  kind: Parameters<Open>[0];
  /** As it was on the screen: that is what is answered. */
  schedule: ScheduleItem;
}

function ScheduleDialog(props: {
  opened: Opened;
  actions: ScheduleActions;
  onClose: () => void;
}) {
  const { opened, actions, onClose } = props;
  const { kind, schedule } = opened;
  return kind === 'take-over' ? (
    <TakeOverDialog
      schedule={schedule}
      onConfirm={() => actions.takeOver(schedule)}
      onClose={onClose}
    />
  ) : (
    <NotStartedDialog
      schedule={schedule}
      timeZone={ownTimeZone()}
      onClose={onClose}
    />
  );
}

/** Schedules, what can be done with them, and what was done. */
export function SchedulesTable(props: {
  items: ScheduleItem[];
  isPending: boolean;
  /** Nothing can be done: what is done to a schedule makes it another than the one that is being changed. */
  isReadOnly?: boolean;
}) {
  const { items, isPending, isReadOnly } = props;
  const words = useWords();
  const hrefs = { run: useRunHref(), schedule: useScheduleHref() };
  const actions = useScheduleActions();
  const [opened, setOpened] = useState<Opened>();
  const isNarrow = useIsNarrow();
  const open: Open = (kind, schedule) => setOpened({ kind, schedule });
  const columns = scheduleColumns(
    hrefs,
    words,
    !isReadOnly && items.some(hasActions) ? { actions, open } : undefined,
  );
  return (
    <Flex direction="column" gap="4">
      <Outcome actions={actions} items={items} />
      {isNarrow && items.length > 0 && (
        <ScheduleCards items={items} columns={columns} />
      )}
      {(isPending || (items.length > 0 && !isNarrow)) && (
        <div className={styles.scroll}>
          <Table
            columnConfig={tableColumns(columns)}
            data={
              isPending
                ? undefined
                : items.map(one => ({ ...one, id: rowKey(one) }))
            }
            isPending={isPending}
            pagination={{ type: 'none' }}
          />
        </div>
      )}
      {opened && (
        <ScheduleDialog
          opened={opened}
          actions={actions}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Flex>
  );
}
