import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import type { GateDecision } from '@agentworkloads/api';
import type {
  DecideGateRequest,
  RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { commentProblem, decisionRequest } from '../../lib/decision';
import { isConflict } from '../../lib/problem';
import { useWords } from '../../translation/words';
import { useGateDraft } from './gateDraft';

export interface Decision {
  comment: string;
  write(comment: string): void;
  /** What is wrong with the comment, once it was tried to decide with it. */
  problem?: string;
  /** Why the last one was refused. */
  error?: unknown;
  /** What is asked once more before it is sent. */
  asked?: GateDecision;
  ask(decision: GateDecision): void;
  goBack(): void;
  /** Sends what was asked, unless the comment won't do. */
  confirm(): Promise<void>;
  /** The decision of this person that was sent and that may still count. */
  sent?: GateDecision;
  /** What there is a button for. Whose approval would add nothing may still deny. */
  may: Readonly<Record<GateDecision, boolean>>;
}

function wasRefused(run: RunDetail, approval: string): boolean {
  return (run.approvals ?? []).some(
    one => one.name === approval && one.accepted?.status === 'False',
  );
}

/** It is one vote of several: the gate stays open, and its page tells of it from then on. */
function isVote(run: RunDetail, approval: string): boolean {
  return (run.gateDetail?.votes ?? []).some(
    ({ approvalName }) => approvalName === approval,
  );
}

/** What a person does at a gate: shared by the form beside the evidence, the bar with the buttons, and the keys. */
export function useDecision(run: RunDetail): Decision {
  const words = useWords();
  const api = useApi(agentWorkloadsApiRef);
  const queries = useQueryClient();
  const [{ comment, sent }, setDraft] = useGateDraft();
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState<GateDecision>();
  const [error, setError] = useState<unknown>();

  const stands =
    sent?.approval &&
    !wasRefused(run, sent.approval) &&
    !isVote(run, sent.approval)
      ? sent.decision
      : undefined;

  const { allowed = false, mayDeny = allowed } =
    run.gateDetail?.mayDecide ?? {};
  const may = { approve: !stands && allowed, deny: !stands && mayDeny };

  const send = async (request: DecideGateRequest) => {
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
  return {
    comment,
    problem,
    error,
    asked,
    sent: stands,
    may,
    write: value => {
      setDraft({ comment: value });
      setProblem(undefined);
    },
    ask: decision => {
      if (!may[decision]) return;
      setProblem(undefined);
      setError(undefined);
      setAsked(decision);
    },
    goBack: () => {
      setAsked(undefined);
      setProblem(undefined);
    },
    confirm: async () => {
      const found = asked && commentProblem(asked, comment, words);
      setProblem(found);
      const request =
        asked && !found ? decisionRequest(run, asked, comment) : undefined;
      if (request) await send(request);
    },
  };
}
