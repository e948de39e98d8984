import http from 'node:http';
import type { Socket } from 'node:net';
import { BLOCKED_HEADER, FAILED_HEADER, type Exchange } from './exchange';

/** Headers between two neighbours only; the rest goes through. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Passes a plain HTTP request on over a connection that was checked, and its response back. */
export function forward(
  exchange: Exchange,
  url: URL,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  dialled: { socket: Socket; address: string },
): void {
  const { limits } = exchange.options;
  let bytes = 0;
  let status: number | undefined;
  const end = (verdict: 'passed' | 'failed', reason?: string) => {
    clearTimeout(total);
    exchange.record({
      verdict,
      reason,
      address: dialled.address,
      status,
      bytes,
    });
    dialled.socket.destroy();
  };
  const fail = (reason: string, code: number) => {
    end('failed', reason);
    if (response.headersSent) response.destroy();
    else
      response
        .writeHead(code, { [FAILED_HEADER]: reason, connection: 'close' })
        .end();
  };
  const total = setTimeout(() => fail('TIMEOUT', 504), limits.totalTimeoutMs);
  dialled.socket.setTimeout(limits.idleTimeoutMs, () => fail('TIMEOUT', 504));

  const upstream = http.request({
    // With an agent, even `false`, this would not be asked.
    createConnection: () => dialled.socket,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    // The host that was admitted, whatever the client wrote into its Host header.
    headers: {
      ...passOn(request.headers),
      host: url.host,
      connection: 'close',
    },
  });
  upstream.on('error', () => fail('CONNECTION_FAILED', 502));
  upstream.on('response', answer => {
    status = answer.statusCode;
    const length = Number(answer.headers['content-length'] ?? 0);
    if (length > limits.maxResponseBytes && request.method !== 'HEAD') {
      fail('TOO_LARGE', 502);
      return;
    }
    response.writeHead(
      answer.statusCode ?? 502,
      answer.statusMessage,
      passOn(answer.headers),
    );
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > limits.maxResponseBytes) fail('TOO_LARGE', 502);
    });
    answer.on('error', () => fail('CONNECTION_FAILED', 502));
    answer.on('end', () => end('passed'));
    answer.pipe(response);
  });
  upstream.on('upgrade', () => fail('CONNECTION_FAILED', 502));
  response.on('close', () =>
    end(
      response.writableFinished ? 'passed' : 'failed',
      response.writableFinished ? undefined : 'CLIENT_GONE',
    ),
  );
  request.pipe(upstream);
}

function passOn(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  const named = String(headers.connection ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) =>
        !HOP_BY_HOP.has(name) &&
        !named.includes(name) &&
        name !== BLOCKED_HEADER &&
        name !== FAILED_HEADER,
    ),
  );
}
