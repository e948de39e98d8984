import { runPrefix, type AgentWorkload } from '@agentworkloads/api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';

/** Letters, digits and the few signs that our keys are made of; each part begins with a letter or digit. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * A key that belongs to this run, however it came to us.
 * @throws InputError for what is no key, NotAllowedError for another run's
 */
export function assertOwnKey(workload: AgentWorkload, key: unknown): string {
  if (typeof key !== 'string' || key.length > 1024 || !KEY.test(key)) {
    throw new InputError(
      'The query must have one "key", as it stands in the manifest or report',
    );
  }
  const uid = workload.status?.argoWorkflow?.uid;
  if (!uid) {
    throw new NotFoundError('This run has no objects yet');
  }
  const { namespace } = workload.metadata;
  // Runs of before have no namespace in their keys.
  const own = [{ namespace, workflowUid: uid }, { workflowUid: uid }];
  if (!own.some(run => key.startsWith(runPrefix(run)))) {
    throw new NotAllowedError('That object belongs to another run');
  }
  return key;
}
