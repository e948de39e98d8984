import { ButtonLink } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiArrowRightLine } from '@remixicon/react';
import { useGates } from '../../hooks/queries';
import { nextAfter } from '../../lib/nextGate';
import { useWords } from '../../translation/words';
import { useRunHref } from '../Links';
import { useGateDraft } from './gateDraft';
import styles from './GatePanel.module.css';

/** The next gate that waits for this person; which one of how many it is. */
export function NextGate(props: { run: RunDetail }) {
  const { t } = useWords();
  const runHref = useRunHref();
  const { data } = useGates();
  const after = nextAfter(data?.items ?? [], props.run.uid);
  if (!after) return null;
  const { next, place, count } = after;
  return (
    <ButtonLink
      variant="secondary"
      href={runHref(next, 'overview')}
      iconEnd={<RiArrowRightLine aria-hidden />}
    >
      {place
        ? t('nextGate.ofSeveral', { place, number: count })
        : t('nextGate.waiting', { count })}
    </ButtonLink>
  );
}

/** Once a gate is decided its panel is elsewhere: the way to the next one stays above the tabs. */
export function AfterDecision(props: { run: RunDetail }) {
  const [{ sent }] = useGateDraft();
  return sent && props.run.phase !== 'AwaitingApproval' ? (
    <div className={styles.after}>
      <NextGate run={props.run} />
    </div>
  ) : null;
}
