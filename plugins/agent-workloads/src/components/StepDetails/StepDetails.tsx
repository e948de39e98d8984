import { Alert, Flex, Text } from '@backstage/ui';
import type {
  RunDetail,
  RunStep,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { formatDate } from '../../lib/time';
import { stepDescription, stepTitle } from '../../lib/stepText';
import { StepPhaseBadge } from '../PhaseBadge';
import { Duration } from '../Times';
import { StepLog } from './StepLog';
import styles from './StepDetails.module.css';

function wasNotRun(step: RunStep): boolean {
  return step.phase === 'Omitted' || step.phase === 'Skipped';
}

function noLog(step: RunStep): string {
  if (wasNotRun(step)) {
    return 'No log: the step was not run.';
  }
  if (!step.startedAt) {
    return 'No log yet: the step has not begun.';
  }
  // On a cluster a pod takes its time: scheduling, pulling images, fetching what the step needs.
  return step.podName && !step.finishedAt
    ? 'No log yet: the pod is being started.'
    : 'No log: the pod is gone and its log with it.';
}

/** Argo's words for "exit code 20" help nobody; the run's message and the log tell the cause. */
function failureText(step: RunStep, run: RunDetail): string {
  return /retryStrategy/.test(step.message ?? '')
    ? `${
        run.message ?? 'The log says why.'
      } It was not tried again: another try would end the same.`
    : step.message ?? '';
}

function timesOf(step: RunStep): JSX.Element | string {
  if (!step.startedAt || wasNotRun(step)) {
    return wasNotRun(step) ? 'Not run' : 'Not begun';
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
              description={failureText(step, run)}
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
            {noLog(step)}
          </Text>
        )}
      </Flex>
    </section>
  );
}
