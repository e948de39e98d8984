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
import styles from './GatePanel.module.css';

export function ConfirmDecision(props: {
  run: RunDetail;
  request: DecideGateRequest;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { run, request, onClose } = props;
  const [pending, setPending] = useState(false);
  const approve = request.decision === 'approve';
  const confirm = async () => {
    setPending(true);
    await props.onConfirm();
  };
  return (
    <Dialog isOpen width={520} onOpenChange={open => !open && onClose()}>
      <DialogHeader>
        {approve ? 'Approve this gate?' : 'Deny this gate?'}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            {approve
              ? `The report of ${run.name} will be written and shown to everybody who may read it.`
              : `${run.name} ends here and no report is written.`}{' '}
            The first decision counts, and yours is kept with your name.
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
          {approve ? 'Yes, approve' : 'Yes, deny'}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Go back
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
