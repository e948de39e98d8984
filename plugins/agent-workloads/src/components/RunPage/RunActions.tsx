import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { isFinalPhase } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  type RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiRestartLine, RiStopCircleLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from '../../api';
import { useRunHref } from '../Links';
import { RefusalState } from '../states';
import styles from './RunPage.module.css';

interface Question {
  title: string;
  /** In the infinitive, for the sentence that says that it failed. */
  action: string;
  text: string;
  button: string;
  destructive: boolean;
  act: () => Promise<void>;
}

/** Not randomUUID, which a browser has on https pages only. */
const randomKey = () =>
  window.crypto.getRandomValues(new Uint32Array(4)).join('-');

function ConfirmDialog(props: { question: Question; onClose: () => void }) {
  const { question, onClose } = props;
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    setPending(true);
    setError(undefined);
    try {
      await question.act();
      onClose();
    } catch (cause) {
      setError(cause);
      setPending(false);
    }
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <DialogHeader>{question.title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">{question.text}</Text>
          {error !== undefined && (
            <RefusalState error={error} action={question.action} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          className={styles.yes}
          destructive={question.destructive}
          isPending={pending}
          onPress={confirm}
        >
          {question.button}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Go back
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Cancel while the run is on its way; the same again at any time. Both ask first. */
export function RunActions(props: { run: RunDetail; onChanged: () => void }) {
  const { run, onChanged } = props;
  const api = useApi(agentWorkloadsApiRef);
  const navigate = useNavigate();
  const runHref = useRunHref();
  const [question, setQuestion] = useState<Question>();
  const { allowed: mayCreate } = usePermission({
    permission: workloadCreatePermission,
  });
  const cancelling = run.resource.spec.cancel && !isFinalPhase(run.phase);

  const cancel: Question = {
    title: 'Cancel this run?',
    action: 'cancel this run',
    text: 'The steps are stopped and no report is written. What was gathered so far stays. This cannot be taken back.',
    button: 'Cancel the run',
    destructive: true,
    act: async () => {
      await api.cancelRun(run);
      onChanged();
    },
  };
  /** @param key one for each time that the question is asked: pressing twice, or again after a failure, makes one run */
  const rerun = (key: string): Question => ({
    title: 'Run this again?',
    action: 'run this again',
    text: `A new run with the same ${run.resource.spec.targetUrls.length} URLs, objective and gate begins, asked for by you.`,
    button: 'Run again',
    destructive: false,
    act: async () => {
      const made = await api.rerun(run, key);
      navigate(runHref(made));
    },
  });
  return (
    <Flex gap="2">
      {run.mayCancel && !isFinalPhase(run.phase) && (
        <Button
          variant="secondary"
          isDisabled={cancelling}
          iconStart={<RiStopCircleLine aria-hidden />}
          onPress={() => setQuestion(cancel)}
        >
          {cancelling ? 'Being cancelled' : 'Cancel'}
        </Button>
      )}
      {mayCreate && (
        <Button
          variant="secondary"
          iconStart={<RiRestartLine aria-hidden />}
          onPress={() => setQuestion(rerun(randomKey()))}
        >
          Run again
        </Button>
      )}
      {question && (
        <ConfirmDialog
          question={question}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </Flex>
  );
}
