import type { ChangeColumns, CompletedRun } from './rows';

/** Rows as the database gives them; PostgreSQL gives a bigint as text. */

export interface StoredRun extends CompletedRun {
  id: number;
  /** Milliseconds since the epoch. */
  takenInAt: number;
}

/** What people said of a change. Times in milliseconds since the epoch. */
export interface Marks {
  /** By the reader, for themselves. */
  seenAt?: number;
  /** Somebody says that it is none. */
  wrong?: Wrong;
}

export interface Wrong {
  /** Entity reference. */
  by: string;
  at: number;
  reason: string;
}

export interface RunRow {
  id: number;
  cluster: string;
  namespace: string;
  workload_name: string;
  workload_uid: string;
  workflow_uid: string;
  report_sha256: string;
  completed_at: number | string;
  taken_in_at: number | string;
  requested_by: string | null;
  four_eyes: boolean | number;
  baseline: string | null;
  entity_ref: string | null;
  objective: string | null;
  manifest: string | null;
}

interface MarkRow {
  marked_by: string | null;
  marked_at: number | string | null;
  reason: string | null;
  seen_at: number | string | null;
}

export type ChangeRow = ChangeColumns & RunRow & MarkRow;

export const RUN_COLUMNS = [
  'id',
  'cluster',
  'namespace',
  'workload_name',
  'workload_uid',
  'workflow_uid',
  'report_sha256',
  'completed_at',
  'taken_in_at',
  'requested_by',
  'four_eyes',
  'baseline',
  'entity_ref',
  'objective',
  'manifest',
].map(name => `completed_runs.${name}`);

const OF_A_CHANGE: (keyof ChangeColumns)[] = [
  'position',
  'url',
  'host',
  'company',
  'company_key',
  'class',
  'fact_kind',
  'kind',
  'aspect',
  'subject',
  'before',
  'after',
  'before_proof',
  'after_proof',
  'attributes',
  'suspect',
  'confidence',
  'fact_id',
  'since',
];

export const CHANGE_COLUMNS = [
  ...OF_A_CHANGE.map(name => `changes.${name}`),
  'changes_wrong.marked_by',
  'changes_wrong.marked_at',
  'changes_wrong.reason',
  'changes_seen.seen_at',
];

const json = (value: object | undefined) =>
  value === undefined ? null : JSON.stringify(value);

/** @param now milliseconds since the epoch */
export function rowOfRun(run: CompletedRun, now: number): Omit<RunRow, 'id'> {
  return {
    cluster: run.cluster,
    namespace: run.namespace,
    workload_name: run.name,
    workload_uid: run.uid,
    workflow_uid: run.workflowUid,
    report_sha256: run.reportSha256,
    completed_at: run.completedAt,
    taken_in_at: now,
    requested_by: run.requestedBy ?? null,
    four_eyes: run.fourEyes,
    baseline: json(run.baseline),
    // As the catalog compares: without regard to case.
    entity_ref: run.entityRef?.toLowerCase() ?? null,
    objective: run.objective ?? null,
    manifest: json(run.manifest),
  };
}

const parsed = (text: string | null) =>
  text === null ? undefined : JSON.parse(text);

export function runOf(row: RunRow): StoredRun {
  return {
    id: row.id,
    cluster: row.cluster,
    namespace: row.namespace,
    name: row.workload_name,
    uid: row.workload_uid,
    workflowUid: row.workflow_uid,
    reportSha256: row.report_sha256,
    completedAt: Number(row.completed_at),
    takenInAt: Number(row.taken_in_at),
    requestedBy: row.requested_by ?? undefined,
    fourEyes: Boolean(row.four_eyes),
    baseline: parsed(row.baseline),
    entityRef: row.entity_ref ?? undefined,
    objective: row.objective ?? undefined,
    manifest: parsed(row.manifest),
  };
}

export function marksOf(row: MarkRow): Marks {
  const { marked_by: by, marked_at: at, reason, seen_at: seenAt } = row;
  return {
    seenAt: seenAt === null ? undefined : Number(seenAt),
    wrong: by === null ? undefined : { by, at: Number(at), reason: reason! },
  };
}
