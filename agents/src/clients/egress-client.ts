import http from 'node:http';
import https from 'node:https';
import { connect, type Socket } from 'node:net';
import tls from 'node:tls';

/** Why a request through the proxy did not come to a response. The names are those of the report. */
export type EgressFailure =
  | 'EGRESS_BLOCKED'
  | 'DNS_FAILED'
  | 'TIMEOUT'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'
  | 'TOO_LARGE'
  | 'TOO_MANY_REDIRECTS';

export class EgressError extends Error {
  override readonly name = 'EgressError';
  constructor(
    readonly reason: EgressFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The failure came after a redirect: the host that was asked for had answered. */
  redirected = false;
}

/** The proxy itself is away: nothing of the outside can be seen, so the step is worth another attempt. */
export class EgressProxyAwayError extends Error {
  override readonly name = 'RetryableError';
}

export interface EgressResponse {
  url: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface EgressRequestOptions {
  headers?: Record<string, string>;
  timeoutMs: number;
  /** More than this ends in TOO_LARGE, or in a cut body where `truncate` is set. */
  maxBytes: number;
  truncate?: boolean;
  maxRedirects: number;
}

export interface EgressClient {
  /** GET through the proxy; follows redirects. @throws EgressError, EgressProxyAwayError */
  get(url: string, options: EgressRequestOptions): Promise<EgressResponse>;
  /** Asks the proxy for a connection and closes it at once: why does the browser not get through? */
  probe(
    host: string,
    port: number,
    timeoutMs: number,
  ): Promise<EgressFailure | undefined>;
}

export interface EgressClientOptions {
  /** Absent only in tests: then connections are direct. */
  proxyUrl?: string;
  proxyToken?: string;
}

/** The header by which our proxy says why it refused, and the one by which it says why it failed. */
export const BLOCKED_HEADER = 'x-egress-blocked';
export const FAILED_HEADER = 'x-egress-error';

const FAILURES: readonly EgressFailure[] = [
  'DNS_FAILED',
  'TIMEOUT',
  'CONNECTION_FAILED',
  'TOO_LARGE',
];

/** The reason in a response of our proxy, if it is one. */
export function failureFromHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): EgressFailure | undefined {
  if (headers[BLOCKED_HEADER] !== undefined) return 'EGRESS_BLOCKED';
  const text = String(headers[FAILED_HEADER] ?? '');
  return FAILURES.find(reason => text.startsWith(reason));
}

export function proxyAuthorization(token: string): string {
  return `Basic ${Buffer.from(`agent:${token}`).toString('base64')}`;
}

/**
 * Requests of Node itself through the filtering proxy, always by CONNECT: the proxy's own words (why it
 * refused) then come in its answer, and never from the site.
 */
export function createEgressClient(options: EgressClientOptions): EgressClient {
  const tunnel = (host: string, port: number, timeoutMs: number) =>
    openTunnel(options, host, port, timeoutMs);

  return {
    async get(url, request) {
      const until = performance.now() + request.timeoutMs;
      let current = new URL(url);
      for (let hop = 0; ; hop++) {
        const left = Math.max(1, until - performance.now());
        const response = await getOnce(tunnel, current, request, left).catch(
          error => {
            if (error instanceof EgressError) error.redirected = hop > 0;
            throw error;
          },
        );
        const location = response.headers.location;
        if (
          response.status < 300 ||
          response.status > 399 ||
          typeof location !== 'string'
        ) {
          return response;
        }
        if (hop >= request.maxRedirects) {
          throw new EgressError(
            'TOO_MANY_REDIRECTS',
            `more than ${request.maxRedirects} redirects`,
          );
        }
        const next = parseUrl(location, current);
        if (!next) {
          throw new EgressError(
            'CONNECTION_FAILED',
            'redirected to something that is no http address',
          );
        }
        current = next;
      }
    },
    async probe(host, port, timeoutMs) {
      try {
        (await tunnel(host, port, timeoutMs)).destroy();
        return undefined;
      } catch (error) {
        if (error instanceof EgressError) return error.reason;
        throw error;
      }
    },
  };
}

function parseUrl(text: string, base: URL): URL | undefined {
  try {
    const url = new URL(text, base);
    return url.protocol === 'http:' || url.protocol === 'https:'
      ? url
      : undefined;
  } catch {
    return undefined;
  }
}

const portOf = (url: URL): number =>
  Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

async function getOnce(
  tunnel: (host: string, port: number, timeoutMs: number) => Promise<Socket>,
  url: URL,
  options: EgressRequestOptions,
  timeoutMs: number,
): Promise<EgressResponse> {
  const until = performance.now() + timeoutMs;
  let socket = await tunnel(url.hostname, portOf(url), timeoutMs);
  if (url.protocol === 'https:') {
    socket = await startTls(
      socket,
      bareHost(url.hostname),
      until - performance.now(),
    );
  }
  try {
    return await exchange(
      socket,
      url,
      options,
      Math.max(1, until - performance.now()),
    );
  } finally {
    socket.destroy();
  }
}

function exchange(
  socket: Socket,
  url: URL,
  options: EgressRequestOptions,
  timeoutMs: number,
): Promise<EgressResponse> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new EgressError(
          'TIMEOUT',
          `no whole answer in ${Math.round(timeoutMs)} ms`,
        ),
      );
      socket.destroy();
    }, timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(
        error instanceof EgressError
          ? error
          : new EgressError('CONNECTION_FAILED', 'the connection broke', {
              cause: error,
            }),
      );
    };
    const request = http.request({
      // With an agent, even `false`, this would not be asked.
      createConnection: () => socket,
      method: 'GET',
      host: bareHost(url.hostname),
      path: `${url.pathname}${url.search}`,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        connection: 'close',
        ...options.headers,
        host: url.host,
      },
    });
    request.on('error', fail);
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = () => {
        clearTimeout(timer);
        resolve({
          url: url.href,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        });
      };
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        const room = options.maxBytes - bytes;
        bytes += chunk.byteLength;
        if (bytes <= options.maxBytes) {
          chunks.push(chunk);
        } else if (options.truncate) {
          chunks.push(chunk.subarray(0, Math.max(0, room)));
          done();
          socket.destroy();
        } else {
          fail(
            new EgressError('TOO_LARGE', `more than ${options.maxBytes} bytes`),
          );
          socket.destroy();
        }
      });
      response.on('end', done);
    });
    request.end();
  });
}

function startTls(
  socket: Socket,
  servername: string,
  timeoutMs: number,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({
      socket,
      servername: /^[\d.:]+$/.test(servername) ? undefined : servername,
    });
    const timer = setTimeout(() => {
      reject(new EgressError('TIMEOUT', 'no TLS handshake in time'));
      secure.destroy();
    }, Math.max(1, timeoutMs));
    secure.once('secureConnect', () => {
      clearTimeout(timer);
      secure.removeAllListeners('error');
      resolve(secure);
    });
    secure.once('error', error => {
      clearTimeout(timer);
      reject(
        new EgressError('TLS_FAILED', 'no TLS connection', { cause: error }),
      );
    });
  });
}

function openTunnel(
  options: EgressClientOptions,
  host: string,
  port: number,
  timeoutMs: number,
): Promise<Socket> {
  const authority = `${
    host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  }:${port}`;
  const proxy = options.proxyUrl ? new URL(options.proxyUrl) : undefined;
  if (!proxy) return connectDirect(bareHost(host), port, timeoutMs);
  const token = options.proxyToken ?? decodeURIComponent(proxy.password);
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      agent: false,
      host: bareHost(proxy.hostname),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(token ? { 'proxy-authorization': proxyAuthorization(token) } : {}),
      },
    });
    const timer = setTimeout(() => {
      reject(
        new EgressError(
          'TIMEOUT',
          `no connection to ${authority} in ${Math.round(timeoutMs)} ms`,
        ),
      );
      request.destroy();
    }, timeoutMs);
    request.once('connect', (response, socket: Socket) => {
      clearTimeout(timer);
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusal(authority, response));
    });
    request.once('error', error => {
      clearTimeout(timer);
      reject(
        new EgressProxyAwayError(
          `The egress proxy at ${proxy.host} can't be reached: ${
            (error as NodeJS.ErrnoException).code ?? error.message
          }`,
          { cause: error },
        ),
      );
    });
    request.end();
  });
}

function refusal(authority: string, response: http.IncomingMessage): Error {
  if (response.statusCode === 407) {
    return new EgressProxyAwayError(
      'The egress proxy wants a token: set EGRESS_PROXY_TOKEN in agents-secrets.',
    );
  }
  if (response.statusCode === 503) {
    return new EgressProxyAwayError(
      'The egress proxy is overloaded or stopping.',
    );
  }
  const reason = failureFromHeaders(response.headers) ?? 'CONNECTION_FAILED';
  const detail = String(
    response.headers[BLOCKED_HEADER] ??
      response.headers[FAILED_HEADER] ??
      `status ${response.statusCode}`,
  ).slice(0, 200);
  return new EgressError(reason, `${authority}: ${detail}`);
}

function connectDirect(
  host: string,
  port: number,
  timeoutMs: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('timeout', () => {
      socket.destroy();
      reject(new EgressError('TIMEOUT', `no connection to ${host}:${port}`));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const dns = ['ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '');
      reject(
        new EgressError(
          dns ? 'DNS_FAILED' : 'CONNECTION_FAILED',
          `${host}:${port}`,
          { cause: error },
        ),
      );
    });
  });
}
