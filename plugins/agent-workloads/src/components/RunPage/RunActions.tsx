import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonLink, Flex, TextField } from '@backstage/ui';
import { isFinalPhase, LIMITS } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  type RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiEditLine, RiRestartLine, RiStopCircleLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from '../../api';
import { randomKey } from '../../lib/randomKey';
import { useWords } from '../../translation/words';
import { ConfirmDialog, type Question } from '../ConfirmDialog';
import { useNewScrapeHref, useRunHref } from '../Links';

/** The form, filled in with what this run was asked. */
function AgainChanged({ run }: { run: RunDetail }) {
  const { t } = useWords();
  const { objective, targetUrls, follow, entityRef, gate, timeouts } =
    run.resource.spec;
  const href = useNewScrapeHref()({
    objective,
    targetUrls,
    follow,
    entityRef,
    gateMode: gate.mode,
    fourEyes: gate.fourEyes,
    approvals: gate.approvals,
    timeouts,
  });
  // The form names no groups: its run would ask fewer people than this one did.
  return href && !gate.groups?.length ? (
    <ButtonLink
      variant="secondary"
      href={href}
      iconStart={<RiEditLine aria-hidden />}
    >
      {t('run.againChanged')}
    </ButtonLink>
  ) : null;
}

/** Asks before a run is cancelled, and why. */
function CancelDialog(props: {
  run: RunDetail;
  onCancelled: () => void;
  onClose: () => void;
}) {
  const { run } = props;
  const { t } = useWords();
  const api = useApi(agentWorkloadsApiRef);
  const [reason, setReason] = useState('');
  const question: Question = {
    title: t('run.cancelQuestion'),
    action: t('action.cancelRun'),
    text: t('run.cancelText'),
    button: t('run.cancelButton'),
    destructive: true,
    act: async () => {
      await api.cancelRun(run, reason.trim() || undefined);
      props.onCancelled();
    },
  };
  return (
    <ConfirmDialog question={question} onClose={props.onClose}>
      <TextField
        label={t('run.cancelWhy')}
        description={t('run.cancelWhyText')}
        value={reason}
        maxLength={LIMITS.cancelReason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}

/** Cancel while the run is on its way; the same again at any time. Both ask first. */
export function RunActions(props: { run: RunDetail; onChanged: () => void }) {
  const { run, onChanged } = props;
  const { t } = useWords();
  const api = useApi(agentWorkloadsApiRef);
  const navigate = useNavigate();
  const runHref = useRunHref();
  const [question, setQuestion] = useState<Question>();
  const [cancels, setCancels] = useState(false);
  const { allowed: mayCreate } = usePermission({
    permission: workloadCreatePermission,
  });
  const cancelling = run.resource.spec.cancel && !isFinalPhase(run.phase);

  /** @param key one for each time that the question is asked: pressing twice, or again after a failure, makes one run */
  const rerun = (key: string): Question => ({
    title: t('run.againQuestion'),
    action: t('action.runAgain'),
    text: t('run.againText', { count: run.resource.spec.targetUrls.length }),
    button: t('run.again'),
    destructive: false,
    act: async () => {
      const made = await api.rerun(run, key);
      navigate(runHref(made));
    },
  });
  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      {run.mayCancel && !isFinalPhase(run.phase) && (
        <Button
          variant="secondary"
          isDisabled={cancelling}
          iconStart={<RiStopCircleLine aria-hidden />}
          onPress={() => setCancels(true)}
        >
          {cancelling ? t('run.beingCancelled') : t('run.cancel')}
        </Button>
      )}
      {mayCreate && (
        <Button
          variant="secondary"
          iconStart={<RiRestartLine aria-hidden />}
          onPress={() => setQuestion(rerun(randomKey()))}
        >
          {t('run.again')}
        </Button>
      )}
      {mayCreate && <AgainChanged run={run} />}
      {cancels && (
        <CancelDialog
          run={run}
          onCancelled={onChanged}
          onClose={() => setCancels(false)}
        />
      )}
      {question && (
        <ConfirmDialog
          question={question}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </Flex>
  );
}
