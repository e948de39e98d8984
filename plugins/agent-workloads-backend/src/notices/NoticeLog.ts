import type { Knex } from 'knex';

/** The row that the migration writes. */
const SINCE = 'since';
/** Longer than a send takes: a claim without a notice after it is of a portal that ended in between. */
const CLAIM_MS = 2 * 60_000;

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

  /** @returns whether it is the caller who has to send it: the first one of all replicas, or who finds that the first one ended over it */
  async claim(key: string, now: number): Promise<boolean> {
    const made = await this.db('notices')
      .insert({ key, told_at: now, sent: false })
      .onConflict('key')
      .ignore()
      .returning('key');
    if (made.length > 0) return true;
    const taken = await this.db('notices')
      .where({ key, sent: false })
      .where('told_at', '<', now - CLAIM_MS)
      .update({ told_at: now });
    return taken > 0;
  }

  /** It is told, and nobody tells it again. */
  async sent(key: string): Promise<void> {
    await this.db('notices').where({ key }).update({ sent: true });
  }

  /** It could not be sent: whoever comes next may try. */
  async release(key: string): Promise<void> {
    await this.db('notices').where({ key, sent: false }).delete();
  }

  async has(key: string): Promise<boolean> {
    return (await this.db('notices').where({ key }).first()) !== undefined;
  }

  async isSent(key: string): Promise<boolean> {
    const row = await this.db('notices').where({ key }).first('sent');
    // SQLite has numbers in place of truth values.
    return Boolean(row?.sent);
  }

  /** Nothing that old is told again, for news are fresh. */
  async forgetBefore(time: number): Promise<void> {
    await this.db('notices')
      .where('told_at', '<', time)
      .whereNot({ key: SINCE })
      .delete();
  }
}
