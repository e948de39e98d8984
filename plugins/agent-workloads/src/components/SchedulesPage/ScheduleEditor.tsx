import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Flex,
  Select,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { CONCURRENCY_POLICIES } from '@agentworkloads/api';
import {
  takesOver,
  type ScheduleDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { useShowSchedule } from '../../hooks/queries';
import { useAct } from '../../hooks/useAct';
import { paceOf } from '../../lib/pace';
import {
  draftOf,
  draftProblems,
  editOf,
  type ScheduleDraft,
} from '../../lib/scheduleEdit';
import { useWords, type Words } from '../../translation/words';
import { ConfirmDialog } from '../ConfirmDialog';
import { RefusalState } from '../states';
import { PaceFields } from '../WhenFields';
import styles from './SchedulesPage.module.css';

function Fields(props: {
  draft: ScheduleDraft;
  onChange: (part: Partial<ScheduleDraft>) => void;
}) {
  const { draft, onChange } = props;
  const { t } = useWords();
  const [parts, setParts] = useState(() => paceOf(draft.schedule));
  return (
    <Flex direction="column" gap="4">
      <PaceFields
        when={draft}
        parts={parts}
        onChange={({ schedule, timeZone }, chosen) => {
          setParts(chosen);
          onChange({ schedule, timeZone });
        }}
      />
      <TextAreaField
        label={t('edit.objective')}
        rows={2}
        value={draft.objective}
        onChange={objective => onChange({ objective })}
      />
      <TextAreaField
        label={t('edit.urls')}
        description={t('edit.urlsText')}
        rows={5}
        className={styles.urls}
        value={draft.urls}
        onChange={urls => onChange({ urls })}
      />
      <Select
        label={t('edit.overlap')}
        className={styles.choice}
        options={CONCURRENCY_POLICIES.map(id => ({
          id,
          label: t(`edit.${id}`),
        }))}
        value={draft.concurrencyPolicy}
        onChange={id =>
          onChange({
            concurrencyPolicy: id as ScheduleDraft['concurrencyPolicy'],
          })
        }
      />
      <Flex gap="3" style={{ flexWrap: 'wrap' }}>
        <TextField
          label={t('edit.completedKept')}
          inputMode="numeric"
          className={styles.count}
          value={draft.completed}
          onChange={completed => onChange({ completed })}
        />
        <TextField
          label={t('edit.otherKept')}
          inputMode="numeric"
          className={styles.count}
          value={draft.other}
          onChange={other => onChange({ other })}
        />
      </Flex>
    </Flex>
  );
}

function Problems(props: { problems: string[] }) {
  const { t } = useWords();
  return (
    <ul
      className={styles.problems}
      aria-live="polite"
      aria-label={t('common.problems')}
    >
      {props.problems.map(problem => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}

const whoseOf = ({ requestedBy }: ScheduleDetail, { t }: Words) =>
  requestedBy ? t('edit.inNameOf', { who: requestedBy }) : t('edit.inNoName');

/** Where the person is once it is opened: the button that opened it is gone. */
function Heading(props: { id: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} className={styles.heading}>
      <Text as="h3" id={props.id} variant="title-x-small" weight="bold">
        {props.children}
      </Text>
    </div>
  );
}

function TakesOver(props: { schedule: ScheduleDetail }) {
  const words = useWords();
  return (
    <Text as="p">
      {words.t('edit.takesOver', { whose: whoseOf(props.schedule, words) })}
    </Text>
  );
}

function TakeOverAndSave(props: {
  schedule: ScheduleDetail;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { name } = props.schedule;
  const words = useWords();
  const { t } = words;
  return (
    <ConfirmDialog
      question={{
        title: t('edit.takeOverQuestion'),
        action: t('action.change', { name }),
        text: t('edit.takeOverText', {
          name,
          whose: whoseOf(props.schedule, words),
        }),
        button: t('edit.takeOverButton'),
        destructive: false,
        act: props.onConfirm,
      }}
      onClose={props.onClose}
    />
  );
}

/** Changes a schedule in place. In another's name it says first what it takes over. */
export function ScheduleEditor(props: {
  schedule: ScheduleDetail;
  /** @param saved a sentence, or nothing when it was left as it is */
  onDone: (saved?: string) => void;
}) {
  const { onDone } = props;
  const words = useWords();
  const { t } = words;
  // As it was when it was opened: that is what is judged, whatever comes in meanwhile.
  const [schedule] = useState(props.schedule);
  const { name, spec, isYours, generation } = schedule;
  const api = useApi(agentWorkloadsApiRef);
  const show = useShowSchedule();
  const heading = useId();
  const [draft, setDraft] = useState(() => draftOf(spec));
  const [asks, setAsks] = useState(false);
  const { pending, error, run } = useAct();
  const problems = draftProblems(draft, words);
  const edit = editOf(spec, draft);
  const isTaken = takesOver(edit) && !isYours;

  const save = async (takeOver: boolean) => {
    await show(
      await api.editSchedule(schedule, { generation, takeOver, spec: edit }),
    );
    onDone(
      takeOver ? t('edit.savedTaken', { name }) : t('edit.saved', { name }),
    );
  };
  return (
    <section aria-labelledby={heading} className={styles.editor}>
      <Flex direction="column" gap="4">
        <Heading id={heading}>{t('edit.title', { name })}</Heading>
        <Fields
          draft={draft}
          onChange={part => setDraft(before => ({ ...before, ...part }))}
        />
        {isTaken && <TakesOver schedule={schedule} />}
        <Problems problems={problems} />
        {error !== undefined && (
          <RefusalState error={error} action={t('action.change', { name })} />
        )}
        <Flex gap="2">
          <Button
            isPending={pending}
            isDisabled={problems.length > 0 || Object.keys(edit).length === 0}
            onPress={() => (isTaken ? setAsks(true) : run(() => save(false)))}
          >
            {t('edit.save')}
          </Button>
          <Button variant="secondary" onPress={() => onDone()}>
            {t('edit.leave')}
          </Button>
        </Flex>
      </Flex>
      {asks && (
        <TakeOverAndSave
          schedule={schedule}
          onConfirm={() => save(true)}
          onClose={() => setAsks(false)}
        />
      )}
    </section>
  );
}
