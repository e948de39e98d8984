import type { Baseline } from '@agentworkloads/api';
import { sha256Hex } from '../../src/workflow/hash';
import { aWorkload, iso, WORKFLOW_UID, type WorkloadBuilder } from './workload';

const proven = (name: string) => ({
  bucket: 'agentworkloads',
  key: `runs/agentworkloads/${WORKFLOW_UID}/${name}.json`,
  sha256: sha256Hex(name),
});

/** What a run must have saved, to be compared with later. */
export const PROVEN = {
  manifest: proven('scrape/manifest'),
  facts: proven('dom/facts'),
};

/** As it is recorded of a run that was completed an hour before NOW. */
export const BASELINE: Baseline = {
  name: 'before',
  workflowUid: WORKFLOW_UID,
  completedAt: iso(-3600),
  artifacts: PROVEN,
};

/** A run that was completed so many seconds before NOW. */
export function aCompletedRun(name: string, secondsAgo = 60): WorkloadBuilder {
  return aWorkload()
    .withMetadata({ name, uid: `uid-of-${name}` })
    .started(secondsAgo + 600)
    .withStatus({
      phase: 'Completed',
      finishedAt: iso(-secondsAgo),
      workflowArtifacts: {
        manifest: { ...PROVEN.manifest, size: 1234 },
        facts: PROVEN.facts,
        'report-json': proven('synthesis/report'),
      },
    });
}
