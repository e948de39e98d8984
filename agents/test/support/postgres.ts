import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startPostgres as start,
  type RunningPostgres,
} from '@agentworkloads/services';
import pg from 'pg';

export interface TestPostgres {
  url: string;
  query<T>(sql: string): Promise<T[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const DATABASE = { name: 'checkpoints', password: 'postgres-password' };

/** A PostgreSQL of its own, as one machine runs it. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'agents-postgres-'));
  let port = 0;
  let server: RunningPostgres | undefined;
  const begin = async () => {
    server = await start({
      host: '127.0.0.1',
      port,
      folder,
      databases: [DATABASE],
      durable: false,
      log: () => {},
    });
    port = server.port;
  };
  const stop = async () => {
    await server?.close();
    server = undefined;
  };
  await begin();
  const url = `postgres://${DATABASE.name}:${DATABASE.password}@127.0.0.1:${port}/${DATABASE.name}`;
  return {
    url,
    start: begin,
    stop,
    async query<T>(sql: string) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql)).rows as T[];
      } finally {
        await client.end();
      }
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
