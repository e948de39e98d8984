import {
  agentWorkloadSpecSchema,
  agentWorkloadStatusSchema,
  ARTIFACTS,
  baselineSchema,
  comparedSince,
  evidenceRecordSchema,
  LABELS,
  pageIdentity,
  pagesSeenAt,
  scheduleOwnerOf,
  type AgentWorkload,
  type Baseline,
} from '@agentworkloads/api';
import { z } from 'zod';
import { sha256Hex } from '../workflow/hash';
import type { CachedWorkload } from './cached';

/** By what runs of one namespace belong together. */
interface Kinship {
  template: string;
  series?: string;
  /** uid of the schedule that owns it. */
  schedule?: string;
  /** A digest of the set of pages: a spec may have 64 KiB of them. */
  pages: string;
}

/** What is kept of a run that others may be compared with. */
export interface ComparableRun extends Kinship {
  baseline: Baseline;
}

type Spec = Pick<AgentWorkload['spec'], 'targetUrls' | 'workflowTemplateRef'>;
type Metadata = Pick<AgentWorkload['metadata'], 'labels'>;

/** Templates of one name, in the namespace or in the cluster, are two. */
export function templateKey({
  name,
  clusterScope,
}: Spec['workflowTemplateRef']): string {
  return clusterScope ? `cluster/${name}` : name;
}

function kinshipOf(spec: Spec, metadata: Metadata): Kinship {
  const series = metadata.labels?.[LABELS.series];
  const schedule = scheduleOwnerOf(metadata)?.uid;
  const pages = new Set(spec.targetUrls.map(pageIdentity));
  return {
    template: templateKey(spec.workflowTemplateRef),
    ...(series ? { series } : {}),
    ...(schedule ? { schedule } : {}),
    pages: sha256Hex(JSON.stringify([...pages].sort())),
  };
}

const { workflowTemplateRef } = agentWorkloadSpecSchema.shape;
const completedSchema = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    ownerReferences: z.array(z.unknown()).optional(),
    deletionTimestamp: z.undefined().optional(),
  }),
  spec: z.object({ targetUrls: z.array(z.string()), workflowTemplateRef }),
  status: z.object({
    phase: z.literal('Completed'),
    finishedAt: baselineSchema.shape.completedAt,
    argoWorkflow: z.object({
      uid: baselineSchema.shape.workflowUid.min(1),
    }),
    evidenceFrom: evidenceRecordSchema.pick({ seenAt: true }).optional(),
    steps: agentWorkloadStatusSchema.shape.steps.catch(undefined),
    workflowArtifacts: z.object({
      [ARTIFACTS.manifest]: baselineSchema.shape.artifacts.shape.manifest,
      [ARTIFACTS.facts]: baselineSchema.shape.artifacts.shape.facts,
    }),
  }),
});

/**
 * @param workload as the API server gives it
 * @returns undefined for a run that nothing can be compared with: it is not completed, it is on its way out, or what it saved is not
 * held to its bytes
 */
export function comparableOf(workload: unknown): ComparableRun | undefined {
  const { data } = completedSchema.safeParse(workload);
  if (!data) return undefined;
  const { metadata, spec, status } = data;
  const { manifest, facts } = status.workflowArtifacts;
  const seenAt = pagesSeenAt(status);
  return {
    ...kinshipOf(spec, metadata),
    baseline: {
      name: metadata.name,
      workflowUid: status.argoWorkflow.uid,
      completedAt: status.finishedAt,
      ...(seenAt ? { seenAt } : {}),
      artifacts: { manifest, facts },
    },
  };
}

const comparedNothingSchema = z.object({
  status: z.object({ unfitBaseline: z.looseObject({}) }),
});

/**
 * What later runs may be compared with unasked. A run that named one it could not be compared with knows nothing of the values before it:
 * as the newest of its kin it would wipe what its series knows of prices over time. By name it may be asked for like any other.
 *
 * @param workload as the API server gives it
 */
export function kinOf(workload: unknown): ComparableRun | undefined {
  const run = comparableOf(workload);
  if (!run) return undefined;
  const knowsNothing = comparedNothingSchema.safeParse(workload).success;
  return knowsNothing ? undefined : run;
}

/**
 * A run says what the pages were like when they were visited, however late it was completed. Of two of one second the name decides: the
 * same one, in whatever order they were seen.
 */
export function isLater(a: ComparableRun, b: ComparableRun): boolean {
  const [visitOfA, visitOfB] = [a, b].map(({ baseline }) =>
    Date.parse(comparedSince(baseline)),
  ) as [number, number];
  return visitOfA === visitOfB
    ? a.baseline.name > b.baseline.name
    : visitOfA > visitOfB;
}

function last(runs: ComparableRun[]): Baseline | undefined {
  return runs.reduce<ComparableRun | undefined>(
    (latest, one) => (latest && !isLater(one, latest) ? latest : one),
    undefined,
  )?.baseline;
}

/**
 * The last run of the same schedule, and of nothing else: whatever others call theirs, a schedule is compared with what it made. For a
 * run that no schedule made the last of the same series; where there is none, of the same set of pages. It need not have ended before this one was
 * asked for, for this one visits nothing before its Workflow is made: what ended until then is what the pages were like before, and
 * the later one says more of it.
 *
 * @param runs of the same namespace
 */
function lastOfKin(
  asked: Kinship & { name: string },
  runs: Iterable<ComparableRun>,
): Baseline | undefined {
  const kin = [...runs].filter(
    ({ template, baseline }) =>
      template === asked.template && baseline.name !== asked.name,
  );
  if (asked.schedule !== undefined) {
    return last(kin.filter(({ schedule }) => schedule === asked.schedule));
  }
  const inSeries = kin.filter(
    ({ series }) => series !== undefined && series === asked.series,
  );
  return last(inSeries) ?? last(kin.filter(run => run.pages === asked.pages));
}

/**
 * The runs that others may be compared with, by namespace: nothing is ever compared across one. Nothing here outlives a restart: the
 * first list fills it again.
 */
export class CompletedRuns {
  private readonly runs = new Map<string, Map<string, ComparableRun>>();

  /** What a list, a watch or an answer brought; undefined for what is gone. */
  saw(before: CachedWorkload | undefined, after?: CachedWorkload): void {
    if (before) this.forget(before);
    const run = after?.ended?.comparable;
    if (!after || !run) return;
    const { namespace = '', name } = after.metadata;
    const known = this.runs.get(namespace) ?? new Map<string, ComparableRun>();
    this.runs.set(namespace, known.set(name, run));
  }

  /** @returns undefined where there is nothing to compare with */
  baselineFor({ metadata, spec }: AgentWorkload): Baseline | undefined {
    const { namespace, name } = metadata;
    const runs = this.runs.get(namespace);
    return runs
      ? lastOfKin({ name, ...kinshipOf(spec, metadata) }, runs.values())
      : undefined;
  }

  private forget({ metadata: { namespace = '', name } }: CachedWorkload): void {
    const known = this.runs.get(namespace);
    known?.delete(name);
    if (known?.size === 0) this.runs.delete(namespace);
  }
}
