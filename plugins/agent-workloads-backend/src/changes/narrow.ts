import type { ChangeClass } from '@agentworkloads/api';
import type { Knex } from 'knex';
import type { Place } from '../permissions';

/** Where a reader is: the last change that they were given. */
export interface Position {
  completedAt: number;
  runId: number;
  position: number;
}

/** Every filter is exact but `entityRef`, in any case, and `company`: a part of a company's name or host, in lower case. */
export interface ChangesFilter {
  cluster?: string;
  namespace?: string;
  run?: string;
  company?: string;
  classes?: readonly ChangeClass[];
  /** Milliseconds since the epoch, inclusive. */
  since?: number;
  /** Of the catalog, as the run's spec has it. */
  entityRef?: string;
  /** `unread`: taken in after `unreadSince`, and neither put aside by the reader nor called wrong; `wrong`: called so. */
  show?: 'unread' | 'wrong';
  /** Milliseconds since the epoch; absent: all is new. */
  unreadSince?: number;
}

export function inPlaces(
  query: Knex.QueryBuilder,
  table: string,
  places: readonly Place[],
): Knex.QueryBuilder {
  return query.whereIn(
    [`${table}.cluster`, `${table}.namespace`],
    places.map(({ cluster, namespace }) => [cluster, namespace]),
  );
}

export function narrow(query: Knex.QueryBuilder, filter: ChangesFilter): void {
  const { cluster, namespace, run, company, classes, since, entityRef } =
    filter;
  if (cluster !== undefined) query.where('changes.cluster', cluster);
  if (namespace !== undefined) query.where('changes.namespace', namespace);
  if (run !== undefined) query.where('changes.workload_name', run);
  if (since !== undefined) query.where('changes.completed_at', '>=', since);
  if (classes !== undefined) query.whereIn('changes.class', [...classes]);
  if (entityRef !== undefined) {
    query.where('completed_runs.entity_ref', entityRef.toLowerCase());
  }
  narrowByMarks(query, filter);
  if (company !== undefined) {
    const part = company.replace(/[\\%_]/g, sign => `\\${sign}`);
    query.whereRaw("changes.company_key like ? escape '\\'", [`%${part}%`]);
  }
}

function narrowByMarks(
  query: Knex.QueryBuilder,
  { show, unreadSince = 0 }: ChangesFilter,
): void {
  if (show === 'wrong') query.whereNotNull('changes_wrong.marked_by');
  if (show !== 'unread') return;
  query
    .where('completed_runs.taken_in_at', '>', unreadSince)
    .whereNull('changes_wrong.marked_by')
    .whereNull('changes_seen.seen_at');
}

export function startAfter(query: Knex.QueryBuilder, after: Position): void {
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
