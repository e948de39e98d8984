import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createConnection } from 'node:net';
import pg from 'pg';
import type { DatabaseAccess } from './databases';

const TIMEOUT_MS = 5_000;

/** Resolves when the port takes connections. */
export function checkTcp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.setTimeout(TIMEOUT_MS, () =>
      socket.destroy(new Error('no connection in time')),
    );
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

/** Resolves when a query of this user is answered there. */
export async function checkDatabase(access: DatabaseAccess): Promise<void> {
  const client = new pg.Client({
    ...access,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  // One that breaks off between two answers.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

export interface HttpCheck {
  url: string;
  /** For https. */
  caPem?: string;
  headers?: Record<string, string>;
  /** Statuses that mean "usable"; default 200. */
  statuses?: readonly number[];
}

/** Resolves when the address answers as it should. */
export function checkHttp(check: HttpCheck): Promise<void> {
  const secure = check.url.startsWith('https:');
  const send = secure ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      check.url,
      {
        ca: check.caPem,
        agent: false,
        headers: check.headers,
        timeout: TIMEOUT_MS,
      },
      response => {
        response.resume();
        const status = response.statusCode ?? 0;
        if ((check.statuses ?? [200]).includes(status)) resolve();
        else reject(new Error(`it answers ${status}`));
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error('no answer in time')),
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
