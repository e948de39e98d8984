import { sha256Hex } from '../../src/workflow/hash';
import { aWorkload, iso, WORKFLOW_UID, type WorkloadBuilder } from './workload';
import { TEMPLATE } from './template';

const saved = (name: string) => ({
  bucket: 'agentworkloads',
  key: `runs/agentworkloads/${WORKFLOW_UID}/${name}.json`,
  sha256: sha256Hex(name),
});

/** A run whose gate ran out of time, its pages visited a day before NOW. */
export function aTimedOutRun(name = 'monday'): WorkloadBuilder {
  const waiting = aWorkload().withMetadata({ name, uid: `uid-of-${name}` });
  const { gate } = waiting.waiting().build().status ?? {};
  if (!gate) throw new Error('a run that waits has a gate');
  return waiting.withStatus({
    phase: 'TimedOut',
    finishedAt: iso(-3600),
    gate: { ...gate, decision: 'deny', via: 'timeout', decidedAt: iso(-3600) },
    steps: [
      {
        name: 'scrape',
        phase: 'Succeeded',
        startedAt: iso(-86400),
        retries: 0,
      },
    ],
    workflowArtifacts: {
      manifest: saved('manifest'),
      shots: saved('shots'),
      facts: saved('facts'),
    },
  });
}

/** What `spec.evidenceFrom` says to mean that run. */
export const MONDAY = { name: 'monday', workflowUid: WORKFLOW_UID };

/** What is recorded of it. */
export const MONDAYS_EVIDENCE = {
  ...MONDAY,
  seenAt: iso(-86400),
  seenIn: 'monday',
  seenInWorkflow: WORKFLOW_UID,
  artifacts: { manifest: saved('manifest') },
};

/** A template of before, which takes no notice of the parameter. */
export const TEMPLATE_OF_BEFORE = {
  ...TEMPLATE,
  arguments: { parameters: [{ name: 'target_urls' }] },
};
