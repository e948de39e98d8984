import type { Knex } from 'knex';
import type { Position } from './narrow';
import type { Wrong } from './tables';

type Change = Pick<Position, 'runId' | 'position'>;

interface WrongRow {
  marked_by: string;
  marked_at: number | string;
  reason: string;
}

const at = ({ runId, position }: Change) => ({ run_id: runId, position });

/**
 * What people say of changes. Who may read the change, and who may say so, is asked before: a change is named by what
 * the log gave to its reader.
 */
export class ChangeMarks {
  constructor(private readonly db: Knex) {}

  /** Somebody puts a change aside for themselves, or takes it up again. @param now milliseconds since the epoch */
  async see(
    userRef: string,
    change: Change,
    seen: boolean,
    now: number,
  ): Promise<void> {
    const key = { user_ref: userRef, ...at(change) };
    if (!seen) {
      await this.db('changes_seen').where(key).delete();
      return;
    }
    await this.db('changes_seen')
      .insert({ ...key, seen_at: now })
      .onConflict(['user_ref', 'run_id', 'position'])
      .ignore();
  }

  /**
   * Somebody says that a change is none. Who said so first may say it in other words; nobody else's words replace theirs.
   * @returns what stands now
   */
  async callWrong(change: Change, said: Wrong): Promise<Wrong> {
    const row = {
      ...at(change),
      marked_by: said.by,
      marked_at: said.at,
      reason: said.reason,
    };
    return this.db.transaction(async trx => {
      const inserted = await trx('changes_wrong')
        .insert(row)
        .onConflict(['run_id', 'position'])
        .ignore()
        .returning('run_id');
      if (inserted.length === 0) {
        await trx('changes_wrong')
          .where({ ...at(change), marked_by: said.by })
          .update({ marked_at: said.at, reason: said.reason });
      }
      const stands: WrongRow = await trx('changes_wrong')
        .where(at(change))
        .first();
      return {
        by: stands.marked_by,
        at: Number(stands.marked_at),
        reason: stands.reason,
      };
    });
  }

  /** Takes back what this person said; what others said stays. @returns whether there was something to take back */
  async takeBack(change: Change, by: string): Promise<boolean> {
    const gone = await this.db('changes_wrong')
      .where({ ...at(change), marked_by: by })
      .delete();
    return gone > 0;
  }
}
