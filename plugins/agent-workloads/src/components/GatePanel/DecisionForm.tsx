import { useEffect, useRef } from 'react';
import { Alert, Flex } from '@backstage/ui';
import type { GateDecision, Wording } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { saidText } from '../../lib/saidText';
import { useWords } from '../../translation/words';
import { RefusalState } from '../states';
import { CommentField } from './CommentField';
import type { Decision } from './useDecision';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

function MayNot(props: { title?: string; reason?: string; said?: Wording }) {
  const words = useWords();
  const { t } = words;
  return (
    <Alert
      status="info"
      icon
      title={props.title ?? t('decision.mayNot')}
      description={
        props.reason
          ? saidText(props.reason, props.said, words)
          : t('decision.policyDoesNotLet')
      }
    />
  );
}

function NotCounted(props: { why: string; said?: Wording }) {
  const words = useWords();
  const { t } = words;
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('decision.lastNotCounted')}
      description={t('decision.lastNotCountedText', {
        why: saidText(props.why, props.said, words),
      })}
    />
  );
}

function SentNote(props: { decision: GateDecision }) {
  const { t } = useWords();
  const note = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => note.current?.focus(), []);
  return (
    <div ref={note} tabIndex={-1} className={styles.note}>
      <Alert
        role="status"
        status="success"
        icon
        title={
          props.decision === 'approve'
            ? t('decision.youApproved')
            : t('decision.youDenied')
        }
        description={t('decision.recorded')}
      />
    </div>
  );
}

/** The comment, beside the evidence; the buttons are in the bar that stays in sight. */
export function DecisionForm(props: { gate: Gate; decision: Decision }) {
  const { gate, decision } = props;
  const { t } = useWords();
  const { error } = decision;
  if (decision.sent) {
    return <SentNote decision={decision.sent} />;
  }
  if (!gate.mayDecide.allowed && !decision.may.deny) {
    return <MayNot {...gate.mayDecide} />;
  }
  return (
    <Flex direction="column" gap="3">
      {!gate.mayDecide.allowed && (
        <MayNot {...gate.mayDecide} title={t('decision.mayDeny')} />
      )}
      {gate.mayDecide.refused && (
        <NotCounted why={gate.mayDecide.refused} said={gate.mayDecide.said} />
      )}
      <CommentField comment={decision.comment} onChange={decision.write} />
      {error !== undefined && (
        <RefusalState error={error} action={t('action.decideGate')} />
      )}
    </Flex>
  );
}
