import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { refusalOf } from '../../lib/problem';
import { useWords } from '../../translation/words';
import styles from './GatesPage.module.css';

interface Outcome {
  uid: string;
  /** Why it was refused; absent where it was recorded. */
  refused?: string;
}

/** One approval for each, with the digest that stood in its row; one that fails keeps none of the others. */
function useApproveEach(gates: readonly GateItem[]) {
  const api = useApi(agentWorkloadsApiRef);
  const queries = useQueryClient();
  const words = useWords();
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [pending, setPending] = useState(false);
  const approve = async () => {
    setPending(true);
    for (const gate of gates) {
      const { uid, workflowUid, nodeId, evidence } = gate;
      let refused: string | undefined;
      try {
        await api.decideGate(gate, {
          workloadUid: uid,
          workflowUid,
          nodeId,
          evidence,
          decision: 'approve',
          comment: '',
        });
      } catch (error) {
        const action = words.t('action.decideGate');
        refused = refusalOf(error, action, words).description;
      }
      setOutcomes(before => [...before, { uid, refused }]);
    }
    setPending(false);
    void queries.invalidateQueries();
  };
  return { outcomes, pending, approve };
}

function Result(props: { outcome?: Outcome }) {
  const { outcome } = props;
  const { t } = useWords();
  if (!outcome) return null;
  return (
    <Text as="div" variant="body-small">
      {outcome.refused
        ? t('together.refused', { why: outcome.refused })
        : t('together.approved')}
    </Text>
  );
}

/** Asks once for all of them, and then says of each what became of it. */
export function ApproveTogether(props: {
  /** As they stood in the list when it was asked. */
  gates: readonly GateItem[];
  onClose: () => void;
}) {
  const { gates, onClose } = props;
  const { t } = useWords();
  const { outcomes, pending, approve } = useApproveEach(gates);
  const isDone = outcomes.length === gates.length;
  const refused = outcomes.filter(one => one.refused).length;
  return (
    <Dialog
      isOpen
      width={560}
      onOpenChange={open => !open && !pending && onClose()}
    >
      <DialogHeader>
        {t('together.question', { count: gates.length })}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">{t('together.text')}</Text>
          <ul className={styles.together}>
            {gates.map(gate => (
              <li key={gate.uid}>
                {gate.objective}
                <Result outcome={outcomes.find(one => one.uid === gate.uid)} />
              </li>
            ))}
          </ul>
          <Text as="p" weight="bold" role="status">
            {isDone &&
              t('together.done', {
                approved: outcomes.length - refused,
                refused,
              })}
          </Text>
        </Flex>
      </DialogBody>
      <DialogFooter>
        {!isDone && (
          <Button isPending={pending} onPress={approve}>
            {t('together.yes', { count: gates.length })}
          </Button>
        )}
        <Button variant="secondary" isDisabled={pending} onPress={onClose}>
          {isDone ? t('common.close') : t('common.goBack')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
