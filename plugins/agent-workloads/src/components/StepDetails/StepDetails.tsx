import { Alert, Flex, Text } from '@backstage/ui';
import { isFinalPhase } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { isAboutStep } from '../../lib/failureText';
import { formatDate } from '../../lib/time';
import { stepDescription, stepTitle, type ShownStep } from '../../lib/stepText';
import { useWords, type Words } from '../../translation/words';
import { StepPhaseBadge } from '../PhaseBadge';
import { Duration } from '../Times';
import { StepLog } from './StepLog';
import styles from './StepDetails.module.css';

function wasNotRun(step: ShownStep): boolean {
  return step.phase === 'Omitted' || step.phase === 'Skipped';
}

function noLog(step: ShownStep, { t }: Words): string {
  if (wasNotRun(step)) {
    return t('steps.noLogNotRun');
  }
  if (!step.startedAt) {
    return t('steps.noLogNotBegun');
  }
  // On a cluster a pod takes its time: scheduling, pulling images, fetching what the step needs.
  return step.podName && !step.finishedAt
    ? t('steps.noLogPodStarts')
    : t('steps.noLogPodGone');
}

/** Argo's words for "exit code 20" help nobody; the run's message and the log tell the cause. */
function failureText(step: ShownStep, run: RunDetail, { t }: Words): string {
  return /retryStrategy/.test(step.message ?? '')
    ? t('steps.notTriedAgain', {
        message: run.message ?? t('steps.logSaysWhy'),
      })
    : step.message ?? '';
}

function timesOf(step: ShownStep, words: Words): JSX.Element | string {
  const { t } = words;
  if (!step.startedAt || wasNotRun(step)) {
    return wasNotRun(step) ? t('steps.notRun') : t('steps.notBegunYet');
  }
  return (
    <>
      {formatDate(step.startedAt, words)}, <Duration run={step} />
    </>
  );
}

/** What one step does and did: state, times, retries, message and log. */
export function StepDetails(props: { run: RunDetail; step: ShownStep }) {
  const { run, step } = props;
  const words = useWords();
  const { t } = words;
  const failed = step.phase === 'Failed' || step.phase === 'Error';
  // Above the tabs of a run that is over; once more it would be noise.
  const isSaid =
    failed && isFinalPhase(run.phase) && isAboutStep(run.message, step.name);
  return (
    <section
      aria-label={t('steps.step', { name: stepTitle(step.name, words) })}
      className={styles.details}
    >
      <Flex direction="column" gap="3">
        <Flex align="center" gap="3">
          <Text as="h3" variant="title-x-small" weight="bold">
            {stepTitle(step.name, words)}
          </Text>
          <StepPhaseBadge name={step.name} phase={step.phase} />
        </Flex>
        <Text as="p" color="secondary">
          {stepDescription(step.name, words)}
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {timesOf(step, words)}
          {step.retries > 0 && t('steps.triedAgain', { count: step.retries })}
          {step.podName && t('steps.pod', { name: step.podName })}
        </Text>
        {step.message &&
          !isSaid &&
          (failed ? (
            <Alert
              status="danger"
              icon
              title={t('steps.whyFailed')}
              description={failureText(step, run, words)}
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
            {noLog(step, words)}
          </Text>
        )}
      </Flex>
    </section>
  );
}
