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
import { ConfirmDialog } from '../ConfirmDialog';
import { UntrustedLink } from '../Links';
import { ErrorState } from '../states';
import { DueTimes } from '../WhenFields';
import { ScheduleEditor } from './ScheduleEditor';
import styles from './SchedulesPage.module.css';

function DeleteDialog(props: {
  schedule: ScheduleDetail;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const api = useApi(agentWorkloadsApiRef);
  const show = useShowSchedule();
  const { name, owned } = props.schedule;
  // Of the one that the person chose to delete: another may come under its name while they read.
  const [uid] = useState(props.schedule.uid);
  const runs =
    owned === 1
      ? 'the run that it has made is deleted'
      : `the ${owned} runs that it has made are deleted`;
  return (
    <ConfirmDialog
      question={{
        title: `Delete ${name}?`,
        action: `delete ${name}`,
        text: `${
          owned > 0
            ? `With it ${runs}, Workflows and decisions included.`
            : 'It has made no run that is still there.'
        } What is in object storage, and the changes that were taken in, stay. To stop it and keep everything, suspend it.`,
        button: 'Delete',
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
  return (
    <div>
      <Text as="h3" variant="title-x-small" weight="bold">
        {props.urls.length === 1 ? 'The page' : 'The pages'} of each run
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
  const { data: schedule, error, refetch } = useSchedule(props.of);
  const navigate = useNavigate();
  const [isDeleting, setIsDeleting] = useState(false);
  const [said, setSaid] = useState<string>();
  const [isBack, setIsBack] = useState(false);
  if (!schedule) {
    return error ? (
      <ErrorState
        error={error}
        what="what the schedule asks"
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
                Change
              </Button>
            )}
            {mayDelete && (
              <Button
                variant="secondary"
                destructive
                onPress={() => setIsDeleting(true)}
              >
                Delete
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
