import { Box, ButtonLink, Checkbox, Flex, Text } from '@backstage/ui';
import { RiEyeLine, RiShieldUserLine, RiTimeLine } from '@remixicon/react';
import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { saidText } from '../../lib/saidText';
import { votesWords } from '../../lib/votes';
import { useWords } from '../../translation/words';
import { EntityLink } from '../Links';
import { Person } from '../People';
import { ToneBadge } from '../PhaseBadge';
import { Ago, TimeLeft } from '../Times';
import styles from './GatesPage.module.css';

function Facts(props: { gate: GateItem }) {
  const { gate } = props;
  const { summary, hosts } = gate;
  const { t } = useWords();
  const changes = () => {
    if (gate.unchanged) return t('gates.unchanged');
    return summary?.changes
      ? t('common.changes', { count: summary.changes })
      : undefined;
  };
  const parts = [
    summary?.pages !== undefined && t('common.pages', { count: summary.pages }),
    summary?.notObserved
      ? t('gates.notObserved', { count: summary.notObserved })
      : undefined,
    summary?.facts !== undefined && t('gates.facts', { count: summary.facts }),
    changes(),
  ].filter(Boolean);
  return (
    <Text as="p" variant="body-small" color="secondary">
      {[hosts.slice(0, 4).join(', '), ...parts].join(' · ')}
    </Text>
  );
}

function Words(props: { gate: GateItem }) {
  const { gate } = props;
  const words = useWords();
  const { t } = words;
  const votes = votesWords(gate, gate.requestedBy, words);
  const { allowed, reason, said } = gate.mayDecide;
  return (
    <Flex direction="column" gap="1" grow={1} className={styles.words}>
      <Text
        as="h3"
        variant="title-x-small"
        weight="bold"
        className={styles.objective}
      >
        {gate.objective}
      </Text>
      <Facts gate={gate} />
      <Text as="p" variant="body-small" color="secondary">
        {t(gate.fourEyes ? 'gates.askedByFourEyes' : 'gates.askedBy', {
          who: <Person name={gate.requestedBy} people={gate.people} />,
          ago: <Ago time={gate.openedAt} />,
        })}
        {gate.entityRef && (
          <>
            {' · '}
            <EntityLink entityRef={gate.entityRef} />
          </>
        )}
      </Text>
      {votes && (
        <Text as="p" variant="body-small">
          {t('votes.title')}: {votes}
        </Text>
      )}
      {!allowed && (
        <Text as="p" variant="body-small">
          {reason ? saidText(reason, said, words) : t('gates.policyDoesNotLet')}
        </Text>
      )}
      <Text as="p" variant="body-x-small" color="secondary">
        {gate.name}
      </Text>
    </Flex>
  );
}

/** @param props.choice of a gate that can be approved together with others */
export function GateRow(props: {
  gate: GateItem;
  href: string;
  choice?: {
    isChosen: boolean;
    isFull: boolean;
    choose(chosen: boolean): void;
  };
}) {
  const { gate, choice } = props;
  const { t } = useWords();
  const { allowed } = gate.mayDecide;
  const words = allowed ? t('gates.review') : t('gates.lookAt');
  return (
    <Box
      as="li"
      bg="neutral"
      className={styles.gate}
      data-mine={allowed || undefined}
    >
      {choice && (
        <Checkbox
          aria-label={t('together.choose', { name: gate.objective })}
          isSelected={choice.isChosen}
          isDisabled={choice.isFull && !choice.isChosen}
          onChange={choice.choose}
        />
      )}
      <Words gate={gate} />
      <Flex direction="column" align="end" gap="2" className={styles.action}>
        <ToneBadge tone="warning" icon={<RiTimeLine size={16} aria-hidden />}>
          <TimeLeft deadline={gate.deadline} />
        </ToneBadge>
        <ButtonLink
          href={props.href}
          variant={allowed ? 'primary' : 'secondary'}
          iconStart={
            allowed ? (
              <RiShieldUserLine aria-hidden />
            ) : (
              <RiEyeLine aria-hidden />
            )
          }
          aria-label={t('gates.actionOf', { words, name: gate.objective })}
        >
          {words}
        </ButtonLink>
      </Flex>
    </Box>
  );
}
