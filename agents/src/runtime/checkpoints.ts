import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { BaseCheckpointSaver } from '@langchain/langgraph';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { describeError, RetryableError } from './errors';
import type { Logger } from './logger';

const SCHEMA = 'agent_checkpoints';
/** Any number that nobody else locks; only the set-up of the tables holds it. */
const SETUP_LOCK = 4_117_232_001;

export interface Checkpoints {
  saver: BaseCheckpointSaver;
  /** True when another session runs this thread right now; else the thread is ours until close. */
  close(): Promise<void>;
}

export interface CheckpointOptions {
  url: string;
  threadId: string;
  /** Tries to connect, and milliseconds before the second; they double. */
  tries: number;
  baseDelayMs: number;
  connectTimeoutMs: number;
  /** How long to wait for a thread that another session holds: a lost pod's session takes a while to die. */
  lockWaitMs: number;
  logger: Logger;
}

/**
 * Opens the one connection of a step, makes sure that the tables exist and locks the thread.
 *
 * One connection, because the lock that keeps two pods of one step apart is the session's.
 * @throws RetryableError when PostgreSQL can't be reached or the thread stays locked.
 */
export async function openCheckpoints(
  options: CheckpointOptions,
): Promise<Checkpoints> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: options.connectTimeoutMs,
    // A query that hangs on a dead host must end in a retry, not in the Workflow's deadline.
    query_timeout: options.connectTimeoutMs * 2,
    keepAlive: true,
    application_name: 'agent-step',
  });
  pool.on('error', error =>
    options.logger.warn(
      { cause: describeError(error) },
      'checkpoint connection lost',
    ),
  );
  pool.on('connect', client => {
    // The pool listens only to idle ones. Of one at work the error would be nobody's and end the process at once, under the
    // pages of a scrape; the query under way fails as well, and says it.
    client.on('error', error =>
      options.logger.warn(
        { cause: describeError(error) },
        'checkpoint connection lost during a query',
      ),
    );
  });
  try {
    await connectWithTries(pool, options);
    const saver = new PostgresSaver(pool, undefined, { schema: SCHEMA });
    await setUpOnce(pool, saver);
    await lockThread(pool, options);
    return { saver, close: () => pool.end() };
  } catch (error) {
    await pool.end().catch(() => undefined);
    if (error instanceof RetryableError) throw error;
    throw new RetryableError(
      `The checkpoint database can't be used: ${describeError(error)}`,
      { cause: error },
    );
  }
}

async function connectWithTries(
  pool: pg.Pool,
  options: CheckpointOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await pool.query('SELECT 1');
      // A pod that was lost leaves its session, and with it its lock, behind: let the server notice soon.
      await pool
        .query('SET tcp_keepalives_idle = 10')
        .then(() => pool.query('SET tcp_keepalives_interval = 5'))
        .then(() => pool.query('SET tcp_keepalives_count = 3'))
        .catch(() => undefined);
      return;
    } catch (error) {
      if (attempt >= options.tries) throw error;
      options.logger.warn(
        { attempt, cause: describeError(error) },
        'checkpoint database not reachable, trying again',
      );
      await delay(options.baseDelayMs * 2 ** (attempt - 1));
    }
  }
}

/**
 * `PostgresSaver.setup` races with itself in parallel steps. One transaction around it, whose advisory lock
 * keeps the others out. The pool has one connection, so what the saver does in between is part of it.
 */
async function setUpOnce(pool: pg.Pool, saver: PostgresSaver): Promise<void> {
  await pool.query('BEGIN');
  try {
    await pool.query(`SELECT pg_advisory_xact_lock(${SETUP_LOCK})`);
    // The saver looks for this table first; that it is missing would spoil the transaction.
    await pool.query(`CREATE SCHEMA IF NOT EXISTS "${SCHEMA}"`);
    await pool.query(
      `CREATE TABLE IF NOT EXISTS "${SCHEMA}".checkpoint_migrations (v INTEGER PRIMARY KEY)`,
    );
    await saver.setup();
    await pool.query('COMMIT');
  } catch (error) {
    await pool.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function lockThread(
  pool: pg.Pool,
  options: CheckpointOptions,
): Promise<void> {
  const until = performance.now() + options.lockWaitMs;
  for (;;) {
    const result = await pool.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [options.threadId],
    );
    if (result.rows[0].locked) return;
    if (performance.now() >= until) {
      throw new RetryableError(
        `Another pod still runs ${options.threadId}; try again when it has ended.`,
      );
    }
    await delay(Math.min(1000, options.lockWaitMs));
  }
}
