import http from 'node:http';
import type { Socket } from 'node:net';
import { bareHost, portOf, type EgressFailure } from '@agentworkloads/api';
import {
  EgressError,
  openTunnel,
  startTls,
  type EgressClientOptions,
} from './egress-tunnel';

export { EgressError, EgressProxyAwayError } from './egress-tunnel';

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
          const error = new EgressError(
            'CONNECTION_FAILED',
            'redirected to something that is no http address',
          );
          error.redirected = true;
          throw error;
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
