import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Select, Text, TextField } from '@backstage/ui';
import { LIMITS } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { extensionChoices } from '../../lib/extension';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { ConfirmDialog } from '../ConfirmDialog';
import { Person } from '../People';

type Gate = NonNullable<RunDetail['gateDetail']>;

function MoreTimeDialog(props: {
  run: RunDetail;
  gate: Gate;
  choices: string[];
  onClose: () => void;
}) {
  const { run, gate, choices, onClose } = props;
  const words = useWords();
  const { t } = words;
  const api = useApi(agentWorkloadsApiRef);
  const queries = useQueryClient();
  const [extendTo, setExtendTo] = useState(
    choices[Math.min(1, choices.length - 1)],
  );
  const [comment, setComment] = useState('');
  const extend = async () => {
    await api.extendGate(run, {
      workloadUid: run.uid,
      workflowUid: gate.workflowUid,
      nodeId: gate.nodeId ?? '',
      extendTo,
      comment: comment.trim(),
    });
    void queries.invalidateQueries();
  };
  const question = {
    title: t('moreTime.title'),
    action: t('action.extendGate'),
    text: t('moreTime.text'),
    button: t('moreTime.leave'),
    destructive: false,
    act: extend,
  };
  return (
    <ConfirmDialog question={question} onClose={onClose}>
      <Select
        label={t('moreTime.until')}
        options={choices.map(id => ({ id, label: formatDate(id, words) }))}
        value={extendTo}
        onChange={id => setExtendTo(String(id))}
      />
      <TextField
        label={t('moreTime.why')}
        value={comment}
        maxLength={LIMITS.comment}
        onChange={setComment}
      />
    </ConfirmDialog>
  );
}

/** Who left more time so far, and the button for who may decide. */
export function MoreTime(props: { run: RunDetail; gate: Gate; open: boolean }) {
  const { run, gate, open } = props;
  const words = useWords();
  const { t } = words;
  const [asks, setAsks] = useState(false);
  const choices = extensionChoices(gate, run.policyStart?.longestGateSeconds);
  return (
    <>
      {(gate.extensions ?? []).map(({ approvalUid, by, until, comment }) => (
        <Text key={approvalUid} as="p" variant="body-small" color="secondary">
          {t(comment ? 'moreTime.leftWhy' : 'moreTime.left', {
            who: <Person name={by} people={run.people} />,
            date: formatDate(until, words),
            why: comment ?? '',
          })}
        </Text>
      ))}
      {open && gate.mayDecide.allowed && choices.length > 0 && (
        <Button size="small" variant="secondary" onPress={() => setAsks(true)}>
          {t('moreTime.button')}
        </Button>
      )}
      {open && asks && (
        <MoreTimeDialog
          run={run}
          gate={gate}
          choices={choices}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
