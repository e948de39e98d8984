import { Alert, Flex, Text } from '@backstage/ui';
import type {
  RunDetail,
  RunStep,
} from '@agentic/backstage-plugin-agent-workloads-common';
import { formatDate } from '../../lib/time';
import { stepDescription, stepTitle } from '../../lib/stepText';
import { StepPhaseBadge } from '../PhaseBadge';
import { Duration } from '../Times';
import { StepLog } from './StepLog';
import styles from './StepDetails.module.css';

function timesOf(step: RunStep): JSX.Element | string {
  if (!step.startedAt) {
    return 'Not begun';
  }
  return (
    <>
      {formatDate(step.startedAt)}, <Duration run={step} />
    </>
  );
}

/** What one step does and did: state, times, retries, message and log. */
export function StepDetails(props: { run: RunDetail; step: RunStep }) {
  const { run, step } = props;
  const failed = step.phase === 'Failed' || step.phase === 'Error';
  return (
    <section
      aria-label={`Step ${stepTitle(step.name)}`}
      className={styles.details}
    >
      <Flex direction="column" gap="3">
        <Flex align="center" gap="3">
          <Text as="h3" variant="title-x-small" weight="bold">
            {stepTitle(step.name)}
          </Text>
          <StepPhaseBadge name={step.name} phase={step.phase} />
        </Flex>
        <Text as="p" color="secondary">
          {stepDescription(step.name)}
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {timesOf(step)}
          {step.retries > 0 &&
            ` · tried again ${step.retries} ${
              step.retries === 1 ? 'time' : 'times'
            }`}
          {step.podName && ` · pod ${step.podName}`}
        </Text>
        {step.message &&
          (failed ? (
            <Alert
              status="danger"
              icon
              title="Why it failed"
              description={step.message}
            />
          ) : (
            <Text as="p" className={styles.message}>
              {step.message}
            </Text>
          ))}
        {step.hasLog ? (
          <StepLog run={run} step={step} />
        ) : (
          <Text as="p" color="secondary" variant="body-small">
            No log
            {step.startedAt
              ? ': the pod is gone and its log with it.'
              : ' yet: the step has not begun.'}
          </Text>
        )}
      </Flex>
    </section>
  );
}
