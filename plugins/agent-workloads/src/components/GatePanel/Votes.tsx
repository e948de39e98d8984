import { Alert, Flex, Text } from '@backstage/ui';
import { REASONS, tallyOf } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { formatDate } from '../../lib/time';
import { votesWords } from '../../lib/votes';
import { useWords } from '../../translation/words';
import { Person } from '../People';
import styles from './GatePanel.module.css';

type Gate = NonNullable<RunDetail['gateDetail']>;

/** How far a gate is that asks for more than one person, and who approved; nothing of one that does not. */
export function Votes(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const words = useWords();
  const { t } = words;
  const summary = votesWords(gate, run.requestedBy, words);
  if (!summary) return null;
  const { votes } = tallyOf(gate, run.requestedBy);
  const title = t('votes.title');
  const gone = gate.decision
    ? undefined
    : run.conditions.find(({ reason }) => reason === REASONS.approvalGone);
  return (
    <Flex direction="column" gap="1">
      <Text as="h3" variant="body-medium" weight="bold">
        {title}: {summary}
      </Text>
      {gone && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('votes.gone')}
          description={gone.message}
        />
      )}
      {votes.length > 0 && (
        <ul className={styles.reasons} aria-label={title}>
          {votes.map(
            ({ approvalUid, username, groups, decidedAt, comment }) => (
              <li key={approvalUid}>
                {t(groups?.length ? 'votes.approvedFor' : 'votes.approved', {
                  who: <Person name={username} people={run.people} />,
                  groups: (groups ?? []).join(', '),
                  date: formatDate(decidedAt, words),
                })}
                {comment && (
                  <blockquote className={styles.comment}>{comment}</blockquote>
                )}
              </li>
            ),
          )}
        </ul>
      )}
    </Flex>
  );
}
