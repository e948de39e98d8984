import type { Knex } from 'knex';

/** The row that the migration writes. */
const SINCE = 'since';

/**
 * Which notices were sent, in the plugin's own database: a restart tells nothing twice, and of several replicas one
 * tells it. Times are milliseconds since the epoch.
 */
export class NoticeLog {
  /** @param db - of the plugin, with its tables */
  constructor(private readonly db: Knex) {}

  /** When this portal began to keep what it told. */
  async since(): Promise<number> {
    const row = await this.db('notices').where({ key: SINCE }).first();
    return Number(row?.told_at ?? 0);
  }

  /** @returns whether it is the caller who has to send it: the first one of all replicas */
  async claim(key: string, now: number): Promise<boolean> {
    const made = await this.db('notices')
      .insert({ key, told_at: now })
      .onConflict('key')
      .ignore()
      .returning('key');
    return made.length > 0;
  }

  /** It could not be sent: whoever comes next may try. */
  async release(key: string): Promise<void> {
    await this.db('notices').where({ key }).delete();
  }

  async has(key: string): Promise<boolean> {
    return (await this.db('notices').where({ key }).first()) !== undefined;
  }

  /** Nothing that old is told again, for news are fresh. */
  async forgetBefore(time: number): Promise<void> {
    await this.db('notices')
      .where('told_at', '<', time)
      .whereNot({ key: SINCE })
      .delete();
  }
}
