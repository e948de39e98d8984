import { ARTIFACTS, type ArtifactRef, type Report } from '@agentworkloads/api';
import { pagesSeenAt } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { ArtifactStore } from '../artifacts/ArtifactStore';
import type { RunEntry } from '../cache/ClusterCache';
import type { RunStore } from '../cache/RunStore';
import { Intake, type IntakeOptions } from './Intake';
import { NotBelieved, readReport } from './readReport';
import { rowsOf, storable, type CompletedRun, type SavedObject } from './rows';

/** Only what the operator recorded with its hash: what agents write names no place that the portal reads. */
function savedObject(ref: ArtifactRef | undefined): SavedObject | undefined {
  return ref?.sha256
    ? { bucket: ref.bucket, key: ref.key, sha256: ref.sha256 }
    : undefined;
}

export function completedRun(
  { workload, item, resource }: RunEntry,
  report: Report,
  reportSha256: string,
): CompletedRun {
  const baseline = report.comparedWith?.baseline;
  const { workflowArtifacts, baseline: recorded } = workload.status ?? {};
  return {
    cluster: item.cluster,
    namespace: item.namespace,
    name: item.name,
    uid: item.uid,
    workflowUid: report.workflowUid,
    reportSha256,
    completedAt: Date.parse(
      pagesSeenAt({
        seenAt: item.seenAt,
        finishedAt: workload.status?.finishedAt ?? item.finishedAt,
        createdAt: report.generatedAt,
      }),
    ),
    requestedBy: workload.spec.requestedBy?.username,
    fourEyes: resource.fourEyes,
    baseline: baseline && {
      name: baseline.name,
      completedAt: baseline.completedAt,
      workflowUid: recorded?.workflowUid,
      manifest: savedObject(recorded?.artifacts[ARTIFACTS.manifest]),
    },
    entityRef: workload.spec.entityRef,
    objective: storable(workload.spec.objective),
    manifest: savedObject(workflowArtifacts?.[ARTIFACTS.manifest]),
  };
}

/** Takes in what the caches show, from this storage; without one nothing is ever read. */
export function intakeOf(
  options: Pick<IntakeOptions, 'log' | 'logger' | 'tookIn'> & {
    artifacts?: ArtifactStore;
    store: Pick<RunStore, 'entries' | 'states'>;
  },
): Intake {
  const { artifacts, store, ...rest } = options;
  return new Intake({
    ...rest,
    now: Date.now,
    runs: () => store.entries(),
    synced: () => store.states().every(({ synced }) => synced),
    async read(entry) {
      if (!artifacts) {
        throw new NotBelieved('the portal has no object storage');
      }
      const { report, sha256 } = await readReport(
        artifacts,
        entry.workload,
        options.logger,
      );
      return {
        run: completedRun(entry, report, sha256),
        rows: rowsOf(report),
      };
    },
  });
}
