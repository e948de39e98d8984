import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const PACKAGE = '@agentworkloads/backstage-plugin-agent-workloads-backend';

/** The plugin's own database, with the tables of this version. */
export async function migrated(database: DatabaseService): Promise<Knex> {
  const db = await database.getClient();
  if (!database.migrations?.skip) {
    await db.migrate.latest({
      directory: resolvePackagePath(PACKAGE, 'migrations'),
    });
  }
  return db;
}
