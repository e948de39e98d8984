import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
  type DatabaseService,
  type LoggerService,
} from '@backstage/backend-plugin-api';

/** Ours among the advisory locks of the portal's database; any number that nobody else takes. */
const LOCK = 7_007_001;
const TRIES = 5;

type Client = Awaited<ReturnType<DatabaseService['getClient']>>;

/** Two who make the same schema at once: one of them is told that it is there already. */
async function clientOf(
  database: DatabaseService,
  wait: (ms: number) => Promise<void>,
): Promise<Client> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await database.getClient();
    } catch (error) {
      if (tried === TRIES) throw error;
      await wait(500 * tried);
    }
  }
}

/**
 * Waits until no other replica is starting, and keeps others waiting from then on. The database holds the lock for as long
 * as the connection lives, so a replica that dies while it starts keeps nobody.
 *
 * @returns lets the next one start
 */
export async function takeTurn(
  database: DatabaseService,
  logger: LoggerService,
  wait = (ms: number) =>
    new Promise<void>(resolve => {
      setTimeout(resolve, ms);
    }),
): Promise<() => Promise<void>> {
  const knex = await clientOf(database, wait);
  if (knex.client.config.client !== 'pg') return async () => {};
  const connection = await knex.client.acquireConnection();
  const ask = async (what: string) => {
    const { rows } = await knex
      .raw(`select ${what}(?) as answer`, [LOCK])
      .connection(connection);
    return rows[0].answer;
  };
  // Asked again and again: a statement that waits for the lock would itself be waited for by the catalog's
  // `create index concurrently`, in the replica that has the lock.
  for (let tried = 1; !(await ask('pg_try_advisory_lock')); tried += 1) {
    if (tried === 1) {
      logger.info('Another replica of the portal is starting; this one waits.');
    }
    await wait(1_000);
  }
  return async () => {
    await ask('pg_advisory_unlock');
    await knex.client.releaseConnection(connection);
  };
}

/**
 * Backstage's database service, for replicas that start one after the other: the plugins bring their tables up to date
 * when they start, and two that do so at once get into each other's way.
 */
export const databaseInTurn = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext({ config, rootLifecycle, rootLogger }) {
    const manager = DatabaseManager.fromConfig(config, {
      rootLifecycle,
      rootLogger,
    });
    const ofStart = manager.forPlugin('startup', {
      lifecycle: rootLifecycle,
      logger: rootLogger,
    });
    rootLifecycle.addStartupHook(await takeTurn(ofStart, rootLogger));
    return manager;
  },
  async factory({ plugin, lifecycle, logger }, manager) {
    return manager.forPlugin(plugin.getId(), { lifecycle, logger });
  },
});
