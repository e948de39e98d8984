import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  RiCheckboxCircleLine,
  RiForbidLine,
  RiTimeLine,
} from '@remixicon/react';
import { decidedByWords } from '../../lib/decision';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { ToneBadge } from '../PhaseBadge';
import { TimeLeft } from '../Times';
import { DecisionForm } from './DecisionForm';
import { GateEvidence } from './GateEvidence';
import { MoreTime } from './MoreTime';
import { PolicyReasons } from './PolicyReasons';
import { RefusedDecisions } from './RefusedDecisions';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

function Decided(props: { gate: Gate }) {
  const { gate } = props;
  const words = useWords();
  const { t } = words;
  const approved = gate.decision === 'approve';
  const who = <strong>{decidedByWords(gate, words)}</strong>;
  return (
    <Flex direction="column" gap="2">
      <span>
        <ToneBadge
          tone={approved ? 'success' : 'danger'}
          icon={
            approved ? (
              <RiCheckboxCircleLine size={16} aria-hidden />
            ) : (
              <RiForbidLine size={16} aria-hidden />
            )
          }
        >
          {approved ? t('gate.approved') : t('gate.denied')}
        </ToneBadge>
      </span>
      <Text as="p">
        {gate.decidedAt
          ? t('gate.byAt', { who, date: formatDate(gate.decidedAt, words) })
          : t('gate.by', { who })}
      </Text>
      {gate.comment ? (
        <blockquote className={styles.comment}>{gate.comment}</blockquote>
      ) : (
        gate.via === 'person' && (
          <Text color="secondary">{t('gate.noComment')}</Text>
        )
      )}
    </Flex>
  );
}

/** Everything an approver needs in one place: why it waits, what was seen, what was not, and the buttons. */
export function GatePanel(props: { run: RunDetail }) {
  const { run } = props;
  const { t } = useWords();
  const gate = run.gateDetail;
  if (!gate) {
    return null;
  }
  const open = run.phase === 'AwaitingApproval' && !gate.decision;
  return (
    <section
      aria-label={t('gate.title')}
      className={styles.panel}
      data-open={open || undefined}
    >
      <div className={styles.columns}>
        <div className={styles.side}>
          <Flex direction="column" gap="4">
            <Flex direction="column" gap="2" align="start">
              <Text as="h2" variant="title-small" weight="bold">
                {open ? t('gate.question') : t('gate.title')}
              </Text>
              {open && (
                <ToneBadge
                  tone="warning"
                  icon={<RiTimeLine size={16} aria-hidden />}
                >
                  <TimeLeft deadline={gate.deadline} />
                </ToneBadge>
              )}
              <MoreTime run={run} gate={gate} open={open} />
              {open && (
                <Text as="p" variant="body-small" color="secondary">
                  {t(gate.fourEyes ? 'gate.askedByFourEyes' : 'gate.askedBy', {
                    who: run.requestedBy ?? t('common.nobodyNamed'),
                  })}
                </Text>
              )}
            </Flex>
            <PolicyReasons policy={gate.policy} mode={gate.mode} />
            {gate.decision && <Decided gate={gate} />}
            {open && <DecisionForm run={run} gate={gate} />}
            <RefusedDecisions approvals={run.approvals} nodeId={gate.nodeId} />
            {!open && !gate.decision && (
              <Text color="secondary">{t('gate.endedUndecided')}</Text>
            )}
          </Flex>
        </div>
        <div className={styles.evidence}>
          <GateEvidence run={run} gate={gate} open={open} />
        </div>
      </div>
    </section>
  );
}
