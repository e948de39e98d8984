import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Container, Flex, SearchField, Select } from '@backstage/ui';
import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useGates } from '../../hooks/queries';
import { usePageTitle } from '../../hooks/usePageTitle';
import { GATE_ORDERS, gateOrderOf, inGateOrder } from '../../lib/gatesOrder';
import { useWords } from '../../translation/words';
import { NewScrapeButton } from '../Links';
import { ClusterBanner, EmptyState, ErrorState, LoadingState } from '../states';
import { ApproveTogether } from './ApproveTogether';
import { GateSection, SHOWN } from './GateSection';
import styles from './GatesPage.module.css';

function matches(gate: GateItem, words: string): boolean {
  const text = [gate.name, gate.objective, gate.requestedBy, ...gate.hosts];
  return text.join(' ').toLowerCase().includes(words.trim().toLowerCase());
}

/** The order stands in the address, so that a link keeps it. */
function OrderSelect() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  return (
    <Select
      label={t('gates.order')}
      className={styles.order}
      options={GATE_ORDERS.map(id => ({ id, label: t(`gates.by.${id}`) }))}
      value={gateOrderOf(params.get('order'))}
      onChange={order => setParams({ order: String(order) }, { replace: true })}
    />
  );
}

function Gates(props: {
  gates: readonly GateItem[];
  onAsk: (gates: readonly GateItem[]) => void;
}) {
  const { gates, onAsk } = props;
  const { t } = useWords();
  const [params] = useSearchParams();
  const [words, setWords] = useState('');
  const shown = inGateOrder(
    gates.filter(gate => matches(gate, words)),
    gateOrderOf(params.get('order')),
  );
  const mine = shown.filter(gate => gate.mayDecide.allowed);
  const others = shown.filter(gate => !gate.mayDecide.allowed);
  const none = words.trim() ? t('gates.noMatch') : t('gates.nothingWaits');
  return (
    <>
      {gates.length > 1 && (
        <Flex gap="4" align="end" style={{ flexWrap: 'wrap' }}>
          {gates.length > SHOWN && (
            <SearchField
              label={t('common.search')}
              placeholder={t('gates.searchIn')}
              className={styles.search}
              value={words}
              onChange={setWords}
            />
          )}
          <OrderSelect />
        </Flex>
      )}
      <GateSection
        title={t('gates.waitingForYou')}
        gates={mine}
        none={none}
        onAsk={onAsk}
      />
      {(others.length > 0 || words.trim()) && (
        <GateSection
          title={t('gates.waitingForOthers')}
          gates={others}
          none={none}
          onAsk={onAsk}
        />
      )}
    </>
  );
}

/** Gates that wait: mine first; the rest with the reason why they are not mine. */
export function GatesPage() {
  const { t } = useWords();
  const gates = useGates();
  const { data } = gates;
  // Here, for the list may be empty before somebody has read what became of each.
  const [asked, setAsked] = useState<readonly GateItem[]>();
  usePageTitle('gates');
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
        {data && data.items.length > 0 && (
          <Gates gates={data.items} onAsk={setAsked} />
        )}
        {asked && (
          <ApproveTogether gates={asked} onClose={() => setAsked(undefined)} />
        )}
      </Flex>
    </Container>
  );
}
