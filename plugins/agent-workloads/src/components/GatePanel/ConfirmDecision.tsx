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
import { isOfSeveral } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { runTitle } from '../../lib/runTitle';
import { useWords } from '../../translation/words';
import { CommentField } from './CommentField';
import type { Decision } from './useDecision';
import styles from './GatePanel.module.css';

/** Asks once more. What a denial needs can be written here, too, for the field may be far away on a telephone. */
export function ConfirmDecision(props: { run: RunDetail; decision: Decision }) {
  const { run, decision } = props;
  const { comment, problem } = decision;
  const { t } = useWords();
  const [pending, setPending] = useState(false);
  const approve = decision.asked === 'approve';
  const ofSeveral = isOfSeveral(run.gateDetail ?? {});
  const approveText = ofSeveral ? 'approveTextOfSeveral' : 'approveText';
  const text = approve ? approveText : 'denyText';
  // Not what is written now: the field must not go while somebody writes in it.
  const [writes] = useState(!approve && !comment.trim());
  const confirm = async () => {
    setPending(true);
    await decision.confirm();
    setPending(false);
  };
  return (
    <Dialog
      isOpen
      width={520}
      onOpenChange={open => !open && decision.goBack()}
    >
      <DialogHeader>
        {approve ? t('decision.approveQuestion') : t('decision.denyQuestion')}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p" weight="bold">
            {runTitle(run)}
          </Text>
          <Text as="p">{t(`decision.${text}`)}</Text>
          {writes || problem ? (
            <CommentField
              comment={comment}
              problem={problem}
              onChange={decision.write}
            />
          ) : (
            comment && (
              <blockquote className={styles.comment}>
                {comment.trim()}
              </blockquote>
            )
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
        <Button variant="secondary" onPress={decision.goBack}>
          {t('common.goBack')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
