import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PostgresConnection, SessionLock } from './postgres-session';

export interface PostgresOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  directory: string;
  password: string;
}

export interface RunningPostgres {
  /** `postgres://…` with the password. */
  url: string;
  close(): Promise<void>;
}

/** PostgreSQL on disk inside this process, spoken to by its own protocol. One session serves all connections. */
export async function startPostgres(
  options: PostgresOptions,
): Promise<RunningPostgres> {
  await mkdir(path.dirname(options.directory), {
    recursive: true,
    mode: 0o700,
  });
  const database = await PGlite.create({ dataDir: options.directory });
  const target = {
    exec: (messages: Uint8Array) =>
      database.execProtocolRaw(messages, { throwOnError: false }),
  };
  const lock = new SessionLock();
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    new PostgresConnection(socket, target, lock, options.password);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const password = encodeURIComponent(options.password);
  return {
    url: `postgres://postgres:${password}@${options.host}:${port}/postgres`,
    async close() {
      sockets.forEach(socket => socket.destroy());
      await new Promise(resolve => server.close(resolve));
      await database.close();
    },
  };
}
