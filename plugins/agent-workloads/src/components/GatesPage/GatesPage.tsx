import { useState } from 'react';
import {
  Box,
  Button,
  ButtonLink,
  Container,
  Flex,
  SearchField,
  Text,
} from '@backstage/ui';
import { RiEyeLine, RiShieldUserLine, RiTimeLine } from '@remixicon/react';
import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useGates } from '../../hooks/queries';
import { votesWords } from '../../lib/votes';
import { saidText } from '../../lib/saidText';
import { useWords } from '../../translation/words';
import { EntityLink, NewScrapeButton, useRunHref } from '../Links';
import { Person } from '../People';
import { ToneBadge } from '../PhaseBadge';
import { ClusterBanner, EmptyState, ErrorState, LoadingState } from '../states';
import { Ago, TimeLeft } from '../Times';
import styles from './GatesPage.module.css';

function Facts(props: { gate: GateItem }) {
  const { summary, hosts } = props.gate;
  const { t } = useWords();
  const parts = [
    summary?.pages !== undefined && t('common.pages', { count: summary.pages }),
    summary?.notObserved
      ? t('gates.notObserved', { count: summary.notObserved })
      : undefined,
    summary?.facts !== undefined && t('gates.facts', { count: summary.facts }),
    summary?.changes
      ? t('common.changes', { count: summary.changes })
      : undefined,
  ].filter(Boolean);
  return (
    <Text as="p" variant="body-small" color="secondary">
      {[hosts.slice(0, 4).join(', '), ...parts].join(' · ')}
    </Text>
  );
}

function Gate(props: { gate: GateItem; href: string }) {
  const { gate } = props;
  const shown = useWords();
  const { t } = shown;
  const { allowed, reason, said } = gate.mayDecide;
  const votes = votesWords(gate, gate.requestedBy, shown);
  const words = allowed ? t('gates.review') : t('gates.lookAt');
  return (
    <Box
      as="li"
      bg="neutral"
      className={styles.gate}
      data-mine={allowed || undefined}
    >
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
            {reason
              ? saidText(reason, said, shown)
              : t('gates.policyDoesNotLet')}
          </Text>
        )}
        <Text as="p" variant="body-x-small" color="secondary">
          {gate.name}
        </Text>
      </Flex>
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

const SHOWN = 20;

function Section(props: {
  title: string;
  gates: readonly GateItem[];
  none: string;
}) {
  const { title, gates } = props;
  const { t } = useWords();
  const runHref = useRunHref();
  const [limit, setLimit] = useState(SHOWN);
  const rest = gates.length - limit;
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="3">
        <Text as="h2" variant="title-small" weight="bold">
          {t('gates.section', { title, number: gates.length })}
        </Text>
        {gates.length ? (
          <ul className={styles.list}>
            {gates.slice(0, limit).map(gate => (
              <Gate
                key={gate.uid}
                gate={gate}
                href={runHref(gate, 'overview')}
              />
            ))}
          </ul>
        ) : (
          <Text color="secondary">{props.none}</Text>
        )}
        {rest > 0 && (
          <Flex align="center" gap="3">
            <Button variant="secondary" onPress={() => setLimit(limit + SHOWN)}>
              {t('gates.showMore', { count: Math.min(rest, SHOWN) })}
            </Button>
            <Text color="secondary" role="status">
              {t('gates.someShown', { shown: limit, all: gates.length })}
            </Text>
          </Flex>
        )}
      </Flex>
    </section>
  );
}

function matches(gate: GateItem, words: string): boolean {
  const text = [gate.name, gate.objective, gate.requestedBy, ...gate.hosts];
  return text.join(' ').toLowerCase().includes(words.trim().toLowerCase());
}

function Gates(props: { gates: readonly GateItem[] }) {
  const { gates } = props;
  const { t } = useWords();
  const [words, setWords] = useState('');
  const shown = gates.filter(gate => matches(gate, words));
  const mine = shown.filter(gate => gate.mayDecide.allowed);
  const others = shown.filter(gate => !gate.mayDecide.allowed);
  const none = words.trim() ? t('gates.noMatch') : t('gates.nothingWaits');
  return (
    <>
      {gates.length > SHOWN && (
        <SearchField
          label={t('common.search')}
          placeholder={t('gates.searchIn')}
          className={styles.search}
          value={words}
          onChange={setWords}
        />
      )}
      <Section title={t('gates.waitingForYou')} gates={mine} none={none} />
      {(others.length > 0 || words.trim()) && (
        <Section
          title={t('gates.waitingForOthers')}
          gates={others}
          none={none}
        />
      )}
    </>
  );
}

/** Gates that wait: mine first, by deadline; the rest with the reason why they are not mine. */
export function GatesPage() {
  const { t } = useWords();
  const gates = useGates();
  const { data } = gates;
  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="6">
        <ClusterBanner clusters={data?.clusters} />
        {gates.isPending && <LoadingState what={t('what.gates')} />}
        {gates.error && !data && (
          <ErrorState
            error={gates.error}
            what={t('what.gates')}
            onRetry={() => gates.refetch()}
          />
        )}
        {data && data.items.length === 0 && (
          <EmptyState
            title={t('gates.none')}
            description={t('gates.noneText')}
            action={<NewScrapeButton variant="secondary" />}
          />
        )}
        {data && data.items.length > 0 && <Gates gates={data.items} />}
      </Flex>
    </Container>
  );
}
