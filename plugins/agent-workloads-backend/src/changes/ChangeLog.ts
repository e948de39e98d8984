import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { ChangeClass } from '@agentworkloads/api';
import type { Knex } from 'knex';
import type { Place } from '../permissions';
import type { ChangeColumns, CompletedRun } from './rows';

/** Where a reader is: the last change that they were given. */
export interface Position {
  completedAt: number;
  runId: number;
  position: number;
}

/** Every filter is exact but `company`: a part of a company's name or host, in lower case. */
export interface ChangesFilter {
  cluster?: string;
  namespace?: string;
  run?: string;
  company?: string;
  classes?: readonly ChangeClass[];
  /** Milliseconds since the epoch, inclusive. */
  since?: number;
}

export interface StoredRun extends CompletedRun {
  id: number;
  /** Milliseconds since the epoch. */
  takenInAt: number;
}

export interface StoredChange {
  at: Position;
  run: StoredRun;
  columns: ChangeColumns;
}

/** The key of a run in the log. */
export interface RunKey {
  cluster: string;
  uid: string;
}

interface VisitRow {
  user_ref: string;
  visited_at: number | string;
  unread_since: number | string | null;
}

interface RunRow {
  id: number;
  cluster: string;
  namespace: string;
  workload_name: string;
  workload_uid: string;
  workflow_uid: string;
  report_sha256: string;
  /** PostgreSQL gives a bigint as text. */
  completed_at: number | string;
  taken_in_at: number | string;
  requested_by: string | null;
  four_eyes: boolean | number;
  baseline: string | null;
}

type ChangeRow = ChangeColumns & RunRow;

const PACKAGE = '@agentworkloads/backstage-plugin-agent-workloads-backend';
/** Who comes back within it goes on with the same visit: a reload makes nothing read. */
const SAME_VISIT_MS = 30 * 60_000;
/** Some 25 columns each: databases bind so many values at once and no more. */
const ROWS_AT_ONCE = 100;

const RUN_COLUMNS = [
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
].map(name => `completed_runs.${name}`);

const CHANGE_COLUMNS: (keyof ChangeColumns)[] = [
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
];

/** What completed runs changed, in the plugin's own database. It outlives the runs' objects in the cluster. */
export class ChangeLog {
  private constructor(private readonly db: Knex) {}

  static async create(database: DatabaseService): Promise<ChangeLog> {
    const db = await database.getClient();
    if (!database.migrations?.skip) {
      await db.migrate.latest({
        directory: resolvePackagePath(PACKAGE, 'migrations'),
      });
    }
    return new ChangeLog(db);
  }

  /**
   * All of a run or nothing of it, and each run once, whoever else takes it in at the same moment.
   * @returns whether it was this call that took it in
   */
  takeIn(
    run: CompletedRun,
    rows: readonly ChangeColumns[],
    now: number,
  ): Promise<boolean> {
    return this.db.transaction(async trx => {
      const [inserted] = await trx('completed_runs')
        .insert({
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
          baseline: run.baseline ? JSON.stringify(run.baseline) : null,
        })
        .onConflict(['cluster', 'workload_uid'])
        .ignore()
        .returning('id');
      if (inserted === undefined) {
        return false;
      }
      for (let next = 0; next < rows.length; next += ROWS_AT_ONCE) {
        await trx('changes')
          .insert(
            rows.slice(next, next + ROWS_AT_ONCE).map(row => ({
              ...row,
              run_id: inserted.id,
              cluster: run.cluster,
              namespace: run.namespace,
              workload_name: run.name,
              workload_uid: run.uid,
              completed_at: run.completedAt,
            })),
          )
          .onConflict(['cluster', 'workload_uid', 'position'])
          .ignore();
      }
      return true;
    });
  }

  /** Those of these runs that were taken in. */
  async known(keys: readonly RunKey[]): Promise<RunKey[]> {
    const found: RunKey[] = [];
    for (let next = 0; next < keys.length; next += ROWS_AT_ONCE) {
      const rows: Pick<RunRow, 'cluster' | 'workload_uid'>[] = await this.db(
        'completed_runs',
      )
        .whereIn(
          ['cluster', 'workload_uid'],
          keys
            .slice(next, next + ROWS_AT_ONCE)
            .map(({ cluster, uid }) => [cluster, uid]),
        )
        .select('cluster', 'workload_uid');
      found.push(
        ...rows.map(row => ({ cluster: row.cluster, uid: row.workload_uid })),
      );
    }
    return found;
  }

  /**
   * Somebody looks at the changes.
   * @returns since when what was taken in is new to them, in milliseconds; undefined on their first visit
   */
  visit(userRef: string, now: number): Promise<number | undefined> {
    return this.db.transaction(async trx => {
      const last: VisitRow | undefined = await trx('change_visits')
        .where({ user_ref: userRef })
        .first();
      const isOver = last && now - Number(last.visited_at) > SAME_VISIT_MS;
      const since = (isOver ? last.visited_at : last?.unread_since) ?? null;
      await trx('change_visits')
        .insert({ user_ref: userRef, visited_at: now, unread_since: since })
        .onConflict('user_ref')
        .merge();
      return since === null ? undefined : Number(since);
    });
  }

  /** Where there are runs that were taken in, whether or not their objects are still there. */
  places(): Promise<Place[]> {
    return this.db('completed_runs').distinct('cluster', 'namespace');
  }

  /** The newest runs of these places, changed or not. */
  async runs(places: readonly Place[], limit: number): Promise<StoredRun[]> {
    if (places.length === 0) {
      return [];
    }
    const rows: RunRow[] = await inPlaces(
      this.db('completed_runs').select(RUN_COLUMNS),
      'completed_runs',
      places,
    )
      .orderBy('completed_at', 'desc')
      .limit(limit);
    return rows.map(runOf);
  }

  /** The newest changes of these places after a position: later runs first, in a run as its report has them. */
  async page(
    places: readonly Place[],
    filter: ChangesFilter,
    limit: number,
    after?: Position,
  ): Promise<StoredChange[]> {
    if (places.length === 0) {
      return [];
    }
    const query = inPlaces(
      this.db('changes')
        .join('completed_runs', 'completed_runs.id', 'changes.run_id')
        .select(
          ...RUN_COLUMNS,
          ...CHANGE_COLUMNS.map(name => `changes.${name}`),
        ),
      'changes',
      places,
    )
      .orderBy([
        { column: 'changes.completed_at', order: 'desc' },
        { column: 'changes.run_id', order: 'asc' },
        { column: 'changes.position', order: 'asc' },
      ])
      .limit(limit);
    narrow(query, filter);
    if (after) {
      startAfter(query, after);
    }
    const rows: ChangeRow[] = await query;
    return rows.map(row => ({
      at: {
        completedAt: Number(row.completed_at),
        runId: row.id,
        position: row.position,
      },
      run: runOf(row),
      columns: row,
    }));
  }
}

function inPlaces(
  query: Knex.QueryBuilder,
  table: string,
  places: readonly Place[],
): Knex.QueryBuilder {
  return query.whereIn(
    [`${table}.cluster`, `${table}.namespace`],
    places.map(({ cluster, namespace }) => [cluster, namespace]),
  );
}

function narrow(query: Knex.QueryBuilder, filter: ChangesFilter): void {
  const { cluster, namespace, run, company, classes, since } = filter;
  if (cluster !== undefined) query.where('changes.cluster', cluster);
  if (namespace !== undefined) query.where('changes.namespace', namespace);
  if (run !== undefined) query.where('changes.workload_name', run);
  if (since !== undefined) query.where('changes.completed_at', '>=', since);
  if (classes !== undefined) query.whereIn('changes.class', [...classes]);
  if (company !== undefined) {
    const part = company.replace(/[\\%_]/g, sign => `\\${sign}`);
    query.whereRaw("changes.company_key like ? escape '\\'", [`%${part}%`]);
  }
}

function startAfter(query: Knex.QueryBuilder, after: Position): void {
  const { completedAt, runId, position } = after;
  query.where(older =>
    older
      .where('changes.completed_at', '<', completedAt)
      .orWhere(same =>
        same
          .where('changes.completed_at', completedAt)
          .where(next =>
            next
              .where('changes.run_id', '>', runId)
              .orWhere(inRun =>
                inRun
                  .where('changes.run_id', runId)
                  .where('changes.position', '>', position),
              ),
          ),
      ),
  );
}

function runOf(row: RunRow): StoredRun {
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
    baseline: row.baseline === null ? undefined : JSON.parse(row.baseline),
  };
}
