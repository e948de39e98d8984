import type { Knex } from 'knex';
import type { Place } from '../permissions';
import { ChangeMarks } from './ChangeMarks';
import {
  inPlaces,
  narrow,
  startAfter,
  type ChangesFilter,
  type Position,
} from './narrow';
import type { ChangeColumns, CompletedRun } from './rows';
import {
  CHANGE_COLUMNS,
  marksOf,
  rowOfRun,
  RUN_COLUMNS,
  runOf,
  type ChangeRow,
  type Marks,
  type RunRow,
  type StoredRun,
} from './tables';

/** Of one reader. */
export interface Reading {
  places: readonly Place[];
  /** Whose marks are read beside the changes. */
  userRef: string;
}

export type { ChangesFilter, Position } from './narrow';
export type { StoredRun } from './tables';

export interface StoredChange {
  at: Position;
  run: StoredRun;
  columns: ChangeColumns;
  marks: Marks;
}

/** What makes a change this one, in any report that was ever taken in. */
export interface ChangeKey {
  cluster: string;
  workloadUid: string;
  /** In the report. */
  position: number;
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

/** Who comes back within it goes on with the same visit: a reload makes nothing read. */
const SAME_VISIT_MS = 30 * 60_000;
/** Some 25 columns each: databases bind so many values at once and no more. */
const ROWS_AT_ONCE = 100;

/** What completed runs changed, in the plugin's own database. It outlives the runs' objects in the cluster. */
export class ChangeLog {
  /** What people say of the changes. */
  readonly marks: ChangeMarks;

  /** @param db - of the plugin, with its tables */
  constructor(private readonly db: Knex) {
    this.marks = new ChangeMarks(db);
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
        .insert(rowOfRun(run, now))
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
      const since = newSince(last, now);
      await trx('change_visits')
        .insert({
          user_ref: userRef,
          visited_at: now,
          unread_since: since ?? null,
        })
        .onConflict('user_ref')
        .merge();
      return since;
    });
  }

  /** What {@link visit} would say, without a visit: undefined until the first one is over. */
  async unreadSince(userRef: string, now: number): Promise<number | undefined> {
    const last: VisitRow | undefined = await this.db('change_visits')
      .where({ user_ref: userRef })
      .first();
    return newSince(last, now);
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

  /** The newest changes of a reader's places after a position: later runs first, in a run as its report has them. */
  async page(
    reading: Reading,
    filter: ChangesFilter,
    limit: number,
    after?: Position,
  ): Promise<StoredChange[]> {
    if (reading.places.length === 0) {
      return [];
    }
    const query = this.changesOf(reading)
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
    return (await query).map(changeOfRow);
  }

  /** One change of a reader's places. */
  async find(
    reading: Reading,
    { cluster, workloadUid, position }: ChangeKey,
  ): Promise<StoredChange | undefined> {
    if (reading.places.length === 0) {
      return undefined;
    }
    const rows: ChangeRow[] = await this.changesOf(reading).where({
      'changes.cluster': cluster,
      'changes.workload_uid': workloadUid,
      'changes.position': position,
    });
    return rows.map(changeOfRow)[0];
  }

  /** A run of these places by the uid of its Workflow. */
  async runOfWorkflow(
    places: readonly Place[],
    workflowUid: string,
  ): Promise<StoredRun | undefined> {
    if (places.length === 0) {
      return undefined;
    }
    const rows: RunRow[] = await inPlaces(
      this.db('completed_runs').select(RUN_COLUMNS),
      'completed_runs',
      places,
    ).where({ workflow_uid: workflowUid });
    return rows.map(runOf)[0];
  }

  private changesOf({ places, userRef }: Reading): Knex.QueryBuilder {
    const { db } = this;
    return inPlaces(
      db('changes')
        .join('completed_runs', 'completed_runs.id', 'changes.run_id')
        .leftJoin('changes_wrong', join =>
          join
            .on('changes_wrong.run_id', 'changes.run_id')
            .andOn('changes_wrong.position', 'changes.position'),
        )
        .leftJoin('changes_seen', join =>
          join
            .on('changes_seen.run_id', 'changes.run_id')
            .andOn('changes_seen.position', 'changes.position')
            .andOn('changes_seen.user_ref', db.raw('?', [userRef])),
        )
        .select(...RUN_COLUMNS, ...CHANGE_COLUMNS),
      'changes',
      places,
    );
  }
}

/** What was taken in after it is new, to who was last here so; undefined until a first visit is over. */
function newSince(last: VisitRow | undefined, now: number): number | undefined {
  const isOver = last && now - Number(last.visited_at) > SAME_VISIT_MS;
  const since = (isOver ? last.visited_at : last?.unread_since) ?? null;
  return since === null ? undefined : Number(since);
}

function changeOfRow(row: ChangeRow): StoredChange {
  return {
    at: {
      completedAt: Number(row.completed_at),
      runId: row.id,
      position: row.position,
    },
    run: runOf(row),
    columns: row,
    marks: marksOf(row),
  };
}
