import { Alert, Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { decidedByWords } from '../../lib/decision';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { useGateDraft } from './gateDraft';
import styles from './GatePanel.module.css';

/** Somebody else decided while this person did, or wrote: who, when, and the words that would be lost. */
export function LostDecision(props: { run: RunDetail }) {
  const { run } = props;
  const [{ comment, sent }] = useGateDraft();
  const words = useWords();
  const { t } = words;
  const gate = run.gateDetail;
  const mine =
    sent?.approval !== undefined && sent.approval === gate?.approvalName;
  if (!gate?.decision || mine || (!sent && !comment.trim())) return null;
  const at = {
    who: decidedByWords(gate, run.requestedBy, words),
    date: gate.decidedAt ? formatDate(gate.decidedAt, words) : '',
  };
  const yours =
    sent &&
    t(
      sent.decision === 'approve'
        ? 'decision.yourApproval'
        : 'decision.yourDenial',
    );
  return (
    <Flex direction="column" gap="2">
      <Alert
        role="alert"
        status="warning"
        icon
        title={t('decision.lost')}
        description={[
          t(
            gate.decision === 'approve'
              ? 'decision.lostApproved'
              : 'decision.lostDenied',
            at,
          ),
          yours ?? t('decision.yourComment'),
        ].join(' ')}
      />
      {comment.trim() && (
        <figure className={styles.kept}>
          <Text as="span" variant="body-small" color="secondary">
            {t('decision.yourWords')}
          </Text>
          <blockquote className={styles.comment}>{comment.trim()}</blockquote>
        </figure>
      )}
    </Flex>
  );
}
