import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { dial, type DialResult } from './dial';
import {
  BLOCKED_HEADER,
  FAILED_HEADER,
  type EgressProxyOptions,
  type EgressRecord,
  type Exchange,
} from './exchange';
import { forward } from './forward';
import { admit, type BlockReason } from './rules';
import { hostRefusal, isLoopbackAddress, isServedHost } from './served-host';
import { tunnel } from './tunnel';
import { createVisitReader, type Visit } from './visit';

export interface EgressProxy {
  readonly port: number;
  /** Takes no new connection, lets the open ones end for at most `graceMs`, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/**
 * A forward proxy that leads to public addresses only: plain http by absolute URI, all else by CONNECT.
 * `GET /healthz` and `GET /readyz` in origin form answer probes.
 */
export async function startEgressProxy(
  options: EgressProxyOptions,
  listen: { host: string; port: number },
): Promise<EgressProxy> {
  const server = http.createServer({
    // A client that sends its head byte by byte holds a connection; not for long.
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    connectionsCheckingInterval: 5_000,
    // The host rules of a run come in a header.
    maxHeaderSize: 64 * 1024,
    keepAliveTimeout: 5_000,
  });
  server.maxConnections = options.limits.maxConnections;
  const sockets = new Set<Socket>();
  let stopping = false;
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  const visitOf = createVisitReader(options.token);
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/')) {
      answerProbe(request, response, stopping, isLoopbackAddress(listen.host));
    } else void onRequest(options, visitOf(request), request, response);
  });
  server.on('upgrade', (_request, socket: Duplex) => {
    refuseOnSocket(socket, 'UPGRADE');
  });
  server.on('connect', (request, socket: Duplex, head: Buffer) => {
    const visit = visitOf(request);
    void onConnect(options, visit, request, socket as Socket, head);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs = 0) =>
      new Promise(resolve => {
        stopping = true;
        const timer = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function answerProbe(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  stopping: boolean,
  local: boolean,
): void {
  const { host } = request.headers;
  if (local && !isServedHost(host)) {
    response
      .writeHead(421, { 'content-type': 'text/plain', connection: 'close' })
      .end(`${hostRefusal(host)}\n`);
    return;
  }
  const path = request.url?.split('?')[0];
  const known = path === '/healthz' || path === '/readyz';
  const status = !known ? 404 : stopping && path === '/readyz' ? 503 : 200;
  response
    .writeHead(status, { 'content-type': 'text/plain', connection: 'close' })
    .end(known ? 'ok\n' : 'this is a forward proxy\n');
}

/** The one way out: what the rules admit, dialled at an address that was checked. */
async function reach(
  { rules, resolver, limits }: EgressProxyOptions,
  host: string,
  port: number,
  visit: Visit,
): Promise<
  | Exclude<DialResult, { kind: 'blocked' }>
  | { kind: 'refused'; reason: BlockReason }
> {
  const admission = admit(rules, host, port, visit);
  if (admission.kind === 'refused') return admission;
  const dialled = await dial(admission, resolver, limits.connectTimeoutMs);
  return dialled.kind === 'blocked'
    ? { kind: 'refused', reason: dialled.reason }
    : dialled;
}

async function onRequest(
  options: EgressProxyOptions,
  visit: Visit | undefined,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = parseTarget(request.url ?? '');
  const host = url?.hostname ?? '';
  const port = Number(url?.port) || 80;
  const exchange = createExchange(options, visit, 'http', host, port);
  const refuse = (reason: BlockReason) => {
    exchange.record({ verdict: 'blocked', reason, bytes: 0 });
    // Not read: the body of a refused request goes nowhere.
    request.resume();
    response
      .writeHead(403, refusalHeaders(reason))
      .end(`The egress proxy refused this request: ${reason}\n`);
  };
  if (!visit) {
    request.resume();
    response
      .writeHead(407, {
        'proxy-authenticate': 'Basic realm="egress"',
        connection: 'close',
      })
      .end();
    return;
  }
  if (!url || url.protocol !== 'http:') return refuse('SCHEME');
  if (url.username || url.password) return refuse('CREDENTIALS');
  const reached = await reach(options, host, port, visit);
  if (reached.kind === 'refused') return refuse(reached.reason);
  if (reached.kind === 'failed') {
    exchange.record({ verdict: 'failed', reason: reached.error, bytes: 0 });
    request.resume();
    response
      .writeHead(reached.error === 'TIMEOUT' ? 504 : 502, {
        [FAILED_HEADER]: reached.error,
      })
      .end();
    return;
  }
  forward(exchange, url, request, response, reached);
}

async function onConnect(
  options: EgressProxyOptions,
  visit: Visit | undefined,
  request: http.IncomingMessage,
  socket: Socket,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const authority = /^(\[[^\]]+\]|[^:[\]]*):(\d{1,5})$/.exec(request.url ?? '');
  const host = authority?.[1] ?? '';
  const port = Number(authority?.[2] ?? 0);
  const exchange = createExchange(options, visit, 'connect', host, port);
  const refuse = (reason: BlockReason) => {
    exchange.record({ verdict: 'blocked', reason, bytes: 0 });
    refuseOnSocket(socket, reason);
  };
  if (!visit) {
    answer(socket, 407, { 'proxy-authenticate': 'Basic realm="egress"' });
    return;
  }
  if (!authority) return refuse('HOST');
  const reached = await reach(options, host, port, visit);
  if (reached.kind === 'refused') return refuse(reached.reason);
  if (reached.kind === 'failed') {
    exchange.record({ verdict: 'failed', reason: reached.error, bytes: 0 });
    answer(socket, reached.error === 'TIMEOUT' ? 504 : 502, {
      [FAILED_HEADER]: reached.error,
    });
    return;
  }
  tunnel(exchange, socket, head, reached);
}

function createExchange(
  options: EgressProxyOptions,
  visit: Visit | undefined,
  via: EgressRecord['via'],
  host: string,
  port: number,
): Exchange {
  const from = performance.now();
  let recorded = false;
  return {
    options,
    host,
    port,
    record(rest) {
      if (recorded) return;
      recorded = true;
      options.log({
        via,
        ...(visit?.run ? { run: visit.run } : {}),
        host: host.slice(0, 253),
        port,
        ...rest,
        ms: Math.round(performance.now() - from),
      });
    },
  };
}

function parseTarget(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const refusalHeaders = (reason: BlockReason) => ({
  [BLOCKED_HEADER]: reason,
  'content-type': 'text/plain',
});

function refuseOnSocket(socket: Duplex, reason: BlockReason): void {
  answer(socket, 403, refusalHeaders(reason));
}

function answer(
  socket: Duplex,
  status: number,
  headers: Record<string, string>,
): void {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${lines.join(
      '',
    )}content-length: 0\r\nconnection: close\r\n\r\n`,
  );
}
