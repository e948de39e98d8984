import { createHash } from 'node:crypto';
import type { ArtifactRef, Change, Report } from '@agentworkloads/api';
import type { KubernetesObject } from '@agentworkloads/kube';
import type { FakeS3 } from './FakeS3';
import { aReport } from './reports';
import { NAMESPACE, workload } from './workloads';

export interface RunPart {
  namespace?: string;
  requestedBy?: string;
  phase?: string;
  decision?: string;
  /** Hours of the first of January. */
  hour?: number;
  report?: Partial<Report>;
  /** What somebody put in the report's place. */
  forged?: Change[];
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  /** Other artifacts than the report. */
  artifacts?: Record<string, ArtifactRef>;
}

/** A run with its report in the storage. */
export function aRunWithReport(
  s3: FakeS3,
  name: string,
  changes: Change[],
  part: RunPart = {},
): KubernetesObject {
  const uid = `workflow-of-${name}`;
  const key = `runs/${uid}/synthesis/report.json`;
  const bytes = (inIt: Change[]) =>
    Buffer.from(
      JSON.stringify(aReport(inIt, { workflowUid: uid, ...part.report })),
    );
  s3.objects.set(`artifacts/${key}`, bytes(part.forged ?? changes));
  const time = `2026-01-01T${String(part.hour ?? 1).padStart(2, '0')}:00:00Z`;
  return workload(name, {
    namespace: part.namespace,
    spec: {
      requestedBy: { username: part.requestedBy ?? 'bob' },
      ...part.spec,
    },
    status: {
      phase: part.phase ?? 'Completed',
      gate: {
        mode: 'human',
        fourEyes: false,
        decision: part.decision ?? 'approve',
      },
      argoWorkflow: { name: `${name}-aw`, namespace: NAMESPACE, uid },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'Completed',
          message: '',
          lastTransitionTime: time,
        },
      ],
      ...part.status,
      workflowArtifacts: {
        ...part.artifacts,
        'report-json': {
          bucket: 'artifacts',
          key,
          sha256: createHash('sha256').update(bytes(changes)).digest('hex'),
        },
      },
    },
  });
}
