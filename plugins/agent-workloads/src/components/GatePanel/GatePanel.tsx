import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  RiCheckboxCircleLine,
  RiForbidLine,
  RiTimeLine,
} from '@remixicon/react';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { Person } from '../People';
import { ToneBadge } from '../PhaseBadge';
import { TimeLeft } from '../Times';
import { DecidedBy } from './DecidedBy';
import { DecisionBar } from './DecisionBar';
import { DecisionForm } from './DecisionForm';
import { GateEvidence } from './GateEvidence';
import { MoreTime } from './MoreTime';
import { PolicyReasons } from './PolicyReasons';
import { RefusedDecisions } from './RefusedDecisions';
import { useDecision } from './useDecision';
import { Votes } from './Votes';
import { WhoMayDecide } from './WhoMayDecide';
import { WhyItWaits } from './WhyItWaits';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

function Decided(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const words = useWords();
  const { t } = words;
  const approved = gate.decision === 'approve';
  const who = (
    <strong>
      <DecidedBy gate={gate} run={run} />
    </strong>
  );
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

/** What is asked, of whom, and until when. */
function Question(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const { t } = useWords();
  return (
    <Flex direction="column" gap="2" align="start">
      <Text as="h2" variant="title-small" weight="bold">
        {t('gate.question')}
      </Text>
      <ToneBadge tone="warning" icon={<RiTimeLine size={16} aria-hidden />}>
        <TimeLeft deadline={gate.deadline} />
      </ToneBadge>
      <MoreTime run={run} gate={gate} open />
      <Text as="p" variant="body-small" color="secondary">
        {t(gate.fourEyes ? 'gate.askedByFourEyes' : 'gate.askedBy', {
          who: <Person name={run.requestedBy} people={run.people} />,
        })}
      </Text>
      <WhoMayDecide run={run} gate={gate} />
    </Flex>
  );
}

function OpenGate(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const { t } = useWords();
  const decision = useDecision(run);
  return (
    <section aria-label={t('gate.title')} className={styles.panel} data-open>
      <div className={styles.columns}>
        <div className={styles.side}>
          <Flex direction="column" gap="4">
            <Question run={run} gate={gate} />
            <WhyItWaits run={run} gate={gate} />
            <Votes run={run} gate={gate} />
            <DecisionForm gate={gate} decision={decision} />
            <RefusedDecisions run={run} nodeId={gate.nodeId} />
          </Flex>
        </div>
        <div className={styles.evidence}>
          <GateEvidence run={run} gate={gate} open />
        </div>
      </div>
      <DecisionBar run={run} gate={gate} decision={decision} />
    </section>
  );
}

function ClosedGate(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const { t } = useWords();
  return (
    <section aria-label={t('gate.title')} className={styles.panel}>
      <div className={styles.columns}>
        <div className={styles.side}>
          <Flex direction="column" gap="4">
            <Text as="h2" variant="title-small" weight="bold">
              {t('gate.title')}
            </Text>
            {gate.decision ? (
              <Decided run={run} gate={gate} />
            ) : (
              <Text color="secondary">{t('gate.endedUndecided')}</Text>
            )}
            <MoreTime run={run} gate={gate} open={false} />
            <PolicyReasons policy={gate.policy} mode={gate.mode} />
            <Votes run={run} gate={gate} />
            <RefusedDecisions run={run} nodeId={gate.nodeId} />
          </Flex>
        </div>
        <div className={styles.evidence}>
          <GateEvidence run={run} gate={gate} open={false} />
        </div>
      </div>
    </section>
  );
}

/** Everything an approver needs in one place: why it waits, what was seen, what was not, and the buttons. */
export function GatePanel(props: { run: RunDetail }) {
  const { run } = props;
  const gate = run.gateDetail;
  if (!gate) {
    return null;
  }
  return run.phase === 'AwaitingApproval' && !gate.decision ? (
    <OpenGate run={run} gate={gate} />
  ) : (
    <ClosedGate run={run} gate={gate} />
  );
}
