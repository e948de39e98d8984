import { useState } from 'react';
import { Button, Checkbox, Flex, Text } from '@backstage/ui';
import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import { useRunHref } from '../Links';
import { GateRow } from './GateRow';
import styles from './GatesPage.module.css';

/** How many rows are shown at first, and with each "more". */
export const SHOWN = 20;
/** How many can be approved at once: what nobody has looked at one by one should stay few. */
const MOST_AT_ONCE = 20;

/** Only of gates where nothing changed, and only where there are several of them. */
function useChoice(gates: readonly GateItem[]) {
  const [uids, setUids] = useState<ReadonlySet<string>>(new Set());
  const fit = gates.filter(gate => gate.unchanged && gate.mayDecide.allowed);
  const chosen = fit.filter(({ uid }) => uids.has(uid));
  const most = fit.slice(0, MOST_AT_ONCE);
  return {
    fit: fit.length > 1 ? fit : [],
    chosen,
    isAll: chosen.length === most.length,
    isFull: chosen.length >= MOST_AT_ONCE,
    choose: (uid: string, is: boolean) =>
      setUids(before => {
        const next = new Set(before);
        if (is) next.add(uid);
        else next.delete(uid);
        return next;
      }),
    chooseAll: (is: boolean) =>
      setUids(new Set(is ? most.map(({ uid }) => uid) : [])),
  };
}

function Together(props: {
  choice: ReturnType<typeof useChoice>;
  onAsk: (gates: readonly GateItem[]) => void;
}) {
  const { fit, chosen, isAll, chooseAll } = props.choice;
  const { t } = useWords();
  return fit.length > 0 ? (
    <Flex align="center" gap="4" style={{ flexWrap: 'wrap' }}>
      <Checkbox
        isSelected={isAll}
        isIndeterminate={chosen.length > 0 && !isAll}
        onChange={chooseAll}
      >
        {fit.length > MOST_AT_ONCE
          ? t('together.first', { number: MOST_AT_ONCE, all: fit.length })
          : t('together.all', { number: fit.length })}
      </Checkbox>
      <Button
        variant="secondary"
        isDisabled={chosen.length === 0}
        onPress={() => props.onAsk(chosen)}
      >
        {t('together.button', { number: chosen.length })}
      </Button>
    </Flex>
  ) : null;
}

export function GateSection(props: {
  title: string;
  gates: readonly GateItem[];
  none: string;
  /** Several are to be approved at once. */
  onAsk: (gates: readonly GateItem[]) => void;
}) {
  const { title, gates } = props;
  const { t } = useWords();
  const runHref = useRunHref();
  const [limit, setLimit] = useState(SHOWN);
  const choice = useChoice(gates);
  const rest = gates.length - limit;
  const choiceOf = ({ uid }: GateItem) =>
    choice.fit.some(gate => gate.uid === uid)
      ? {
          isChosen: choice.chosen.some(gate => gate.uid === uid),
          isFull: choice.isFull,
          choose: (is: boolean) => choice.choose(uid, is),
        }
      : undefined;
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="3">
        <Text as="h2" variant="title-small" weight="bold">
          {t('gates.section', { title, number: gates.length })}
        </Text>
        <Together choice={choice} onAsk={props.onAsk} />
        {gates.length ? (
          <ul className={styles.list}>
            {gates.slice(0, limit).map(gate => (
              <GateRow
                key={gate.uid}
                gate={gate}
                href={runHref(gate, 'overview')}
                choice={choiceOf(gate)}
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
