import { useEffect, useId, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, TextAreaField } from '@backstage/ui';
import type { GateDecision } from '@agentworkloads/api';
import type {
  DecideGateRequest,
  RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from '../../api';
import { commentProblem, decisionRequest } from '../../lib/decision';
import { isConflict } from '../../lib/problem';
import { useWords } from '../../translation/words';
import { RefusalState } from '../states';
import { ConfirmDecision } from './ConfirmDecision';
import { useGateDraft } from './gateDraft';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

function MayNot(props: { reason?: string }) {
  const { t } = useWords();
  return (
    <Alert
      status="info"
      icon
      title={t('decision.mayNot')}
      description={props.reason ?? t('decision.policyDoesNotLet')}
    />
  );
}

function NotCounted(props: { why: string }) {
  const { t } = useWords();
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('decision.lastNotCounted')}
      description={t('decision.lastNotCountedText', { why: props.why })}
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

function CommentField(props: {
  comment: string;
  problem?: string;
  onChange: (comment: string) => void;
}) {
  const { problem } = props;
  const { t } = useWords();
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) {
      field.current?.querySelector('textarea')?.focus();
    }
  }, [problem]);
  return (
    <>
      <TextAreaField
        ref={field}
        label={t('decision.comment')}
        secondaryLabel={t('decision.requiredToDeny')}
        description={t('decision.commentText')}
        rows={3}
        value={props.comment}
        isInvalid={problem !== undefined}
        aria-describedby={problem ? id : undefined}
        onChange={props.onChange}
      />
      {problem && (
        <div id={id}>
          <Alert role="alert" status="danger" icon title={problem} />
        </div>
      )}
    </>
  );
}

/** Comment and two buttons; a denial needs the comment, and both ask once more. */
export function DecisionForm(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const words = useWords();
  const { t } = words;
  const api = useApi(agentWorkloadsApiRef);
  const queries = useQueryClient();
  const [{ comment, sent }, setDraft] = useGateDraft();
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState<DecideGateRequest>();
  const [error, setError] = useState<unknown>();

  if (sent?.approval && !wasRefused(run, sent.approval)) {
    return <SentNote decision={sent.decision} />;
  }
  if (!gate.mayDecide.allowed) {
    return <MayNot reason={gate.mayDecide.reason} />;
  }
  const ask = (decision: GateDecision) => {
    const found = commentProblem(decision, comment, words);
    setProblem(found);
    setError(undefined);
    if (!found) {
      setAsked(decisionRequest(run, decision, comment));
    }
  };
  const decide = async (request: DecideGateRequest) => {
    const { decision } = request;
    try {
      const { approval } = await api.decideGate(run, request);
      setDraft({ comment, sent: { decision, approval: approval.name } });
    } catch (cause) {
      setDraft({ comment, ...(isConflict(cause) && { sent: { decision } }) });
      setError(cause);
    } finally {
      setAsked(undefined);
      // Also after a failure: somebody else may have decided first.
      void queries.invalidateQueries();
    }
  };
  return (
    <Flex direction="column" gap="3">
      {gate.mayDecide.refused && <NotCounted why={gate.mayDecide.refused} />}
      <CommentField
        comment={comment}
        problem={problem}
        onChange={value => {
          setDraft({ comment: value });
          setProblem(undefined);
        }}
      />
      {error !== undefined && (
        <RefusalState error={error} action={t('action.decideGate')} />
      )}
      <Flex gap="3">
        <Button
          iconStart={<RiCheckLine aria-hidden />}
          onPress={() => ask('approve')}
        >
          {t('decision.approve')}
        </Button>
        <Button
          variant="secondary"
          destructive
          className={styles.deny}
          iconStart={<RiCloseLine aria-hidden />}
          onPress={() => ask('deny')}
        >
          {t('decision.deny')}
        </Button>
      </Flex>
      {asked && (
        <ConfirmDecision
          run={run}
          request={asked}
          onConfirm={() => decide(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Flex>
  );
}

function wasRefused(run: RunDetail, approval: string): boolean {
  return (run.approvals ?? []).some(
    one => one.name === approval && one.accepted?.status === 'False',
  );
}
