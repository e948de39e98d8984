import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { LIMITS } from '@agentworkloads/api';
import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useAct } from '../../hooks/useAct';
import { factKindLabel } from '../../lib/factText';
import { RefusalState } from '../states';

/** Asks why a change is wrong. What is refused is said in the dialog, which stays open. */
export function WrongDialog(props: {
  item: ChangeItem;
  onSay: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const { item, onClose } = props;
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const { pending, error, run } = useAct();
  const say = async () => {
    if (!reason.trim()) {
      setProblem('Write why it is wrong; others will read it.');
      return;
    }
    await run(async () => {
      await props.onSay(reason.trim());
      onClose();
    });
  };
  const { change, company } = item;
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={520}>
      <DialogHeader>This change is wrong</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            {company}, {factKindLabel(change.factKind).toLowerCase()}:{' '}
            <bdi>{change.subject}</bdi>. It stays in the list, struck, with your
            name and your reason; you alone can take that back.
          </Text>
          <TextAreaField
            label="Why?"
            aria-required
            rows={3}
            maxLength={LIMITS.comment}
            isInvalid={problem !== undefined}
            description={problem ?? 'What does the page really say?'}
            value={reason}
            onChange={value => {
              setReason(value);
              setProblem(undefined);
            }}
          />
          {error !== undefined && (
            <RefusalState error={error} action="call this change wrong" />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button isPending={pending} onPress={say}>
          It is wrong
        </Button>
        <Button variant="secondary" onPress={onClose}>
          Go back
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
