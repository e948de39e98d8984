import {
  runPrefix,
  type AgentWorkload,
  type RunPlace,
} from '@agentworkloads/api';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';

/** Letters, digits and the few signs that our keys are made of; each part begins with a letter or digit. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** @throws InputError for what is no key */
function assertKey(key: unknown): string {
  if (typeof key !== 'string' || key.length > 1024 || !KEY.test(key)) {
    throw new InputError(
      'The query must have one "key", as it stands in the manifest or report',
    );
  }
  return key;
}

/**
 * A key that belongs to the run of this Workflow, however it came to us.
 * @throws InputError for what is no key, NotAllowedError for another run's
 */
export function assertKeyOf(
  { namespace, workflowUid }: Required<RunPlace>,
  text: unknown,
): string {
  const key = assertKey(text);
  // Runs of before have no namespace in their keys.
  const own = [{ namespace, workflowUid }, { workflowUid }];
  if (!own.some(run => key.startsWith(runPrefix(run)))) {
    throw refusal(NotAllowedError, 'objectOfAnotherRun', {});
  }
  return key;
}

/**
 * A key that belongs to this run, however it came to us.
 * @throws InputError for what is no key, NotAllowedError for another run's
 */
export function assertOwnKey(workload: AgentWorkload, text: unknown): string {
  const key = assertKey(text);
  const workflowUid = workload.status?.argoWorkflow?.uid;
  if (!workflowUid) {
    throw refusal(NotFoundError, 'objectsNotYet', {});
  }
  const { namespace } = workload.metadata;
  return assertKeyOf({ namespace, workflowUid }, key);
}
