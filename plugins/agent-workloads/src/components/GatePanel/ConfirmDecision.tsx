import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type {
  DecideGateRequest,
  RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import styles from './GatePanel.module.css';

export function ConfirmDecision(props: {
  run: RunDetail;
  request: DecideGateRequest;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { run, request, onClose } = props;
  const { t } = useWords();
  const [pending, setPending] = useState(false);
  const approve = request.decision === 'approve';
  const confirm = async () => {
    setPending(true);
    await props.onConfirm();
  };
  return (
    <Dialog isOpen width={520} onOpenChange={open => !open && onClose()}>
      <DialogHeader>
        {approve ? t('decision.approveQuestion') : t('decision.denyQuestion')}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            {t(approve ? 'decision.approveText' : 'decision.denyText', {
              name: run.name,
            })}
          </Text>
          {request.comment && (
            <blockquote className={styles.comment}>
              {request.comment}
            </blockquote>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          className={styles.yes}
          destructive={!approve}
          isPending={pending}
          onPress={confirm}
        >
          {approve ? t('decision.yesApprove') : t('decision.yesDeny')}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('common.goBack')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
