import { Alert } from '@backstage/ui';
import { isFinalPhase } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { Person } from '../People';

/** Whether somebody has stopped it who is known by name; also while that is carried out. */
export function isCancelled({ phase, resource }: RunDetail): boolean {
  const isOn = !isFinalPhase(phase) && resource.spec.cancel;
  return (
    resource.spec.cancelledBy !== undefined && (phase === 'Cancelled' || isOn)
  );
}

/** Who stopped the run, when and why. */
export function Cancelled({ run }: { run: RunDetail }) {
  const words = useWords();
  const { t } = words;
  const { username, reason } = run.resource.spec.cancelledBy ?? {};
  const who = <Person name={username} people={run.people} />;
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={
        run.finishedAt
          ? t('run.cancelledBy', {
              who,
              date: formatDate(run.finishedAt, words),
            })
          : t('run.beingCancelledBy', { who })
      }
      description={reason ? t('run.cancelledWhy', { reason }) : undefined}
    />
  );
}
