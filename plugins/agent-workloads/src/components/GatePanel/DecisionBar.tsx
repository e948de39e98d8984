import { Button, Flex, Switch, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiCheckLine, RiCloseLine } from '@remixicon/react';
import { votesWords } from '../../lib/votes';
import { useWords } from '../../translation/words';
import { TimeLeft } from '../Times';
import { ConfirmDecision } from './ConfirmDecision';
import { NextGate } from './NextGate';
import type { Decision } from './useDecision';
import { useDecisionKeys } from './useDecisionKeys';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

/** Stays at the lower edge of the window while the evidence is read: the buttons, the time left, and the next gate. */
export function DecisionBar(props: {
  run: RunDetail;
  gate: Gate;
  decision: Decision;
}) {
  const { run, gate, decision } = props;
  const words = useWords();
  const { t } = words;
  const { may, ask, asked } = decision;
  const mayAct = may.approve || may.deny;
  const [keys, turnKeys] = useDecisionKeys(mayAct, ask);
  if (!mayAct && !decision.sent) return null;
  const votes = votesWords(gate, run.requestedBy, words);
  return (
    <div className={styles.bar} role="group" aria-label={t('decision.bar')}>
      {mayAct && (
        <Flex gap="3">
          {may.approve && (
            <Button
              iconStart={<RiCheckLine aria-hidden />}
              onPress={() => ask('approve')}
            >
              {t('decision.approve')}
            </Button>
          )}
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
      )}
      <Text variant="body-small" color="secondary">
        <TimeLeft deadline={gate.deadline} />
        {votes && ` · ${votes}`}
      </Text>
      <div className={styles.next}>
        <NextGate run={run} />
      </div>
      {mayAct && (
        <div className={styles.keys}>
          <Switch
            label={t('decision.keys')}
            isSelected={keys}
            onChange={turnKeys}
          />
        </div>
      )}
      {asked && <ConfirmDecision run={run} decision={decision} />}
    </div>
  );
}
