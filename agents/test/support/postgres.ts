import type { AddressInfo, Server } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface TestPostgres {
  url: string;
  query<T>(sql: string): Promise<T[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The PostgreSQL protocol, in memory: one session behind all connections, as on one machine. */
export async function startPostgres(): Promise<TestPostgres> {
  const db = await PGlite.create();
  let port = 0;
  let server: PGLiteSocketServer | undefined;
  const start = async () => {
    server = new PGLiteSocketServer({
      db,
      host: '127.0.0.1',
      port,
      maxConnections: 20,
    });
    await server.start();
    const inner = (server as unknown as { server: Server }).server;
    port = (inner.address() as AddressInfo).port;
  };
  const stop = async () => {
    await server?.stop();
    server = undefined;
  };
  await start();
  return {
    url: `postgres://postgres:postgres-password@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async query<T>(sql: string) {
      return (await db.query<T>(sql)).rows;
    },
    async close() {
      await stop();
      await db.close();
    },
  };
}
