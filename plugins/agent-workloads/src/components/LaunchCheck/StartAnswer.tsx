import { Alert } from '@backstage/ui';
import type { StartCheck } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { startSentences } from '../../lib/startSentences';
import { useWords } from '../../translation/words';
import styles from './LaunchCheck.module.css';

/** What cluster and policy say of the run. */
export function StartAnswer({ start }: { start: StartCheck }) {
  const { tone, title, lines, reasons, advice } = startSentences(
    start,
    useWords(),
  );
  const hasMore = lines.length > 0 || reasons.length > 0 || advice;
  return (
    <Alert
      status={tone}
      icon
      title={title}
      description={
        hasMore && (
          <div className={styles.answer}>
            {lines.length > 0 && <p>{lines.join(' ')}</p>}
            {reasons.length > 0 && (
              <ul>
                {reasons.map(reason => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
            {advice && <p>{advice}</p>}
          </div>
        )
      }
    />
  );
}
