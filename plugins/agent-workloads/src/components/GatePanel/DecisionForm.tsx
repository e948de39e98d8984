import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, TextAreaField } from '@backstage/ui';
import type { GateDecision } from '@agentic/api';
import type {
  DecideGateRequest,
  RunDetail,
} from '@agentic/backstage-plugin-agent-workloads-common';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from '../../api';
import { commentProblem, decisionRequest } from '../../lib/decision';
import { ErrorState } from '../states';
import { ConfirmDecision } from './ConfirmDecision';

type Gate = NonNullable<RunDetail['gateDetail']>;

function MayNot(props: { reason?: string }) {
  return (
    <Alert
      status="info"
      icon
      title="You may not decide this gate"
      description={
        props.reason ?? 'The policy of this portal does not let you decide it.'
      }
    />
  );
}

/** Comment and two buttons; a denial needs the comment, and both ask once more. */
export function DecisionForm(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const api = useApi(agentWorkloadsApiRef);
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState<DecideGateRequest>();
  const [sent, setSent] = useState<GateDecision>();
  const [error, setError] = useState<unknown>();

  if (!gate.mayDecide.allowed && !sent) {
    return <MayNot reason={gate.mayDecide.reason} />;
  }
  if (sent) {
    return (
      <Alert
        role="status"
        status="success"
        icon
        title={sent === 'approve' ? 'You approved' : 'You denied'}
        description="Your decision is recorded. The operator carries it out; this page shows it by itself."
      />
    );
  }
  const ask = (decision: GateDecision) => {
    const found = commentProblem(decision, comment);
    setProblem(found);
    setError(undefined);
    if (!found) {
      setAsked(decisionRequest(run, decision, comment));
    }
  };
  const decide = async (request: DecideGateRequest) => {
    try {
      await api.decideGate(run, request);
      setSent(request.decision);
    } catch (cause) {
      setError(cause);
    } finally {
      setAsked(undefined);
      // Also after a failure: somebody else may have decided first.
      queries.invalidateQueries();
    }
  };
  return (
    <Flex direction="column" gap="3">
      <TextAreaField
        label="Comment"
        secondaryLabel="Required to deny"
        description="Kept with the decision; the person who asked will read it."
        rows={3}
        value={comment}
        isInvalid={problem !== undefined}
        onChange={value => {
          setComment(value);
          setProblem(undefined);
        }}
      />
      {problem && <Alert role="alert" status="danger" icon title={problem} />}
      {error !== undefined && (
        <ErrorState error={error} what="decide this gate" />
      )}
      <Flex gap="3">
        <Button
          iconStart={<RiCheckLine aria-hidden />}
          onPress={() => ask('approve')}
        >
          Approve
        </Button>
        <Button
          variant="secondary"
          destructive
          iconStart={<RiCloseLine aria-hidden />}
          onPress={() => ask('deny')}
        >
          Deny
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
