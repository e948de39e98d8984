import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { mkdir } from 'node:fs/promises';
import type S3rver from '@20minutes/s3rver';
import { hostRefusal, isServedHost } from './served-host';

export interface S3Options {
  host: string;
  /** 0 takes a free one. */
  port: number;
  directory: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** Served besides localhost, 127.0.0.1 and [::1]; without ports. */
  allowHosts?: readonly string[];
}

export interface RunningS3 {
  endpoint: string;
  close(): Promise<void>;
}

interface Account {
  createKeyPair(accessKey: string, secretKey: string): void;
  revokeAccessKey(accessKey: string): void;
}

const require = createRequire(import.meta.url);

/**
 * s3rver knows one account, with a key pair that everybody knows. It gets ours instead; the package
 * has no option for that, so its model is taken from where it lies.
 */
function installCredentials(accessKey: string, secretKey: string): void {
  const { DUMMY_ACCOUNT } = require('@20minutes/s3rver/lib/models/account') as {
    DUMMY_ACCOUNT: Account;
  };
  DUMMY_ACCOUNT.revokeAccessKey('S3RVER');
  DUMMY_ACCOUNT.createKeyPair(accessKey, secretKey);
}

/** Signed in the header or in the query; whether rightly so s3rver checks. */
export function isSigned(request: IncomingMessage): boolean {
  if (request.headers.authorization !== undefined) {
    return /^AWS4-HMAC-SHA256 /.test(request.headers.authorization);
  }
  const { searchParams } = new URL(request.url ?? '/', 'http://s3');
  return searchParams.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256';
}

const ACCESS_DENIED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

/**
 * An S3 server on disk for one machine. Left alone s3rver lets unsigned requests pass; here they
 * are refused before it sees them.
 */
export async function startS3(options: S3Options): Promise<RunningS3> {
  installCredentials(options.accessKey, options.secretKey);
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const Server = require('@20minutes/s3rver') as typeof S3rver;
  const store = new Server({
    directory: options.directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: options.bucket }],
  });
  await store.configureBuckets();
  const handle = store.callback();
  const server = createServer((request, response) => {
    const { host } = request.headers;
    if (!isServedHost(host, options.allowHosts)) {
      request.resume();
      response
        .writeHead(421, { 'content-type': 'text/plain; charset=utf-8' })
        .end(hostRefusal(host));
      return;
    }
    if (isSigned(request)) {
      void handle(request, response);
      return;
    }
    request.resume();
    response
      .writeHead(403, { 'content-type': 'application/xml' })
      .end(ACCESS_DENIED);
  });
  const port = await listen(server, options);
  return {
    endpoint: `http://${options.host}:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}
