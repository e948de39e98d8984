import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import type {
  RunRef,
  ScheduleDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { useSchedule, useShowSchedule } from '../../hooks/queries';
import { useWords, type Words } from '../../translation/words';
import { ConfirmDialog } from '../ConfirmDialog';
import { UntrustedLink } from '../Links';
import { ErrorState } from '../states';
import { DueTimes } from '../WhenFields';
import { ScheduleEditor } from './ScheduleEditor';
import styles from './SchedulesPage.module.css';

const deleteText = (owned: number, { t }: Words) =>
  owned > 0 ? t('edit.deleteRuns', { count: owned }) : t('edit.deleteNoRuns');

function DeleteDialog(props: {
  schedule: ScheduleDetail;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const api = useApi(agentWorkloadsApiRef);
  const show = useShowSchedule();
  const { name, owned } = props.schedule;
  const words = useWords();
  const { t } = words;
  // Of the one that the person chose to delete: another may come under its name while they read.
  const [uid] = useState(props.schedule.uid);
  return (
    <ConfirmDialog
      question={{
        title: t('edit.deleteQuestion', { name }),
        action: t('action.delete', { name }),
        text: deleteText(owned, words),
        button: t('edit.delete'),
        destructive: true,
        act: async () => {
          await api.deleteSchedule({ ...props.schedule, uid });
          await show();
          props.onDeleted();
        },
      }}
      onClose={props.onClose}
    />
  );
}

function Pages(props: { urls: string[] }) {
  const { t } = useWords();
  return (
    <div>
      <Text as="h3" variant="title-x-small" weight="bold">
        {t('edit.pages', { count: props.urls.length })}
      </Text>
      <ul className={styles.pages}>
        {props.urls.map(url => (
          <li key={url}>
            <UntrustedLink url={url} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What one schedule asks and when, and where it is changed and deleted. */
export function ScheduleDetails(props: {
  of: RunRef;
  all: string;
  isEditing: boolean;
  onEditing: (isEditing: boolean) => void;
}) {
  const { isEditing, onEditing } = props;
  const { t } = useWords();
  const { data: schedule, error, refetch } = useSchedule(props.of);
  const navigate = useNavigate();
  const [isDeleting, setIsDeleting] = useState(false);
  const [said, setSaid] = useState<string>();
  const [isBack, setIsBack] = useState(false);
  if (!schedule) {
    return error ? (
      <ErrorState
        error={error}
        what={t('what.scheduleAsks')}
        onRetry={() => refetch()}
      />
    ) : null;
  }
  const { mayUpdate, mayDelete, nextAt, suspend, spec } = schedule;
  return (
    <Flex direction="column" gap="4">
      {nextAt && !suspend && !isEditing && <DueTimes {...spec} />}
      <Text as="p" role="status">
        {said}
      </Text>
      {isEditing ? (
        <ScheduleEditor
          schedule={schedule}
          onDone={saved => {
            onEditing(false);
            setIsBack(true);
            setSaid(saved);
          }}
        />
      ) : (
        <>
          <Pages urls={spec.targetUrls} />
          <Flex gap="2">
            {mayUpdate && (
              <Button
                variant="secondary"
                // eslint-disable-next-line jsx-a11y/no-autofocus -- where the editor was, when it is closed
                autoFocus={isBack}
                onPress={() => {
                  setSaid(undefined);
                  onEditing(true);
                }}
              >
                {t('edit.change')}
              </Button>
            )}
            {mayDelete && (
              <Button
                variant="secondary"
                destructive
                onPress={() => setIsDeleting(true)}
              >
                {t('edit.delete')}
              </Button>
            )}
          </Flex>
        </>
      )}
      {isDeleting && (
        <DeleteDialog
          schedule={schedule}
          onDeleted={() => navigate(props.all)}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </Flex>
  );
}
