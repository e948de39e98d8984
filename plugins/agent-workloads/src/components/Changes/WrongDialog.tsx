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
import { factKindInText } from '../../lib/factText';
import { useWords } from '../../translation/words';
import { RefusalState } from '../states';

/** Asks why a change is wrong. What is refused is said in the dialog, which stays open. */
export function WrongDialog(props: {
  item: ChangeItem;
  onSay: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const { item, onClose } = props;
  const words = useWords();
  const { t } = words;
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const { pending, error, run } = useAct();
  const say = async () => {
    if (!reason.trim()) {
      setProblem(t('wrong.writeWhy'));
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
      <DialogHeader>{t('wrong.title')}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            {t('wrong.text', {
              company,
              kind: factKindInText(change.factKind, words),
              subject: <bdi>{change.subject}</bdi>,
            })}
          </Text>
          <TextAreaField
            label={t('wrong.why')}
            aria-required
            rows={3}
            maxLength={LIMITS.comment}
            isInvalid={problem !== undefined}
            description={problem ?? t('wrong.whyText')}
            value={reason}
            onChange={value => {
              setReason(value);
              setProblem(undefined);
            }}
          />
          {error !== undefined && (
            <RefusalState error={error} action={t('action.callWrong')} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button isPending={pending} onPress={say}>
          {t('wrong.button')}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('common.goBack')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
