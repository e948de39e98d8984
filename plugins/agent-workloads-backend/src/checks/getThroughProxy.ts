import http from 'node:http';
import type { Socket } from 'node:net';
import { bareHost, ROBOTS_LIMITS } from '@agentworkloads/api';
import { openTunnel, SiteError, startTls, type Way } from './proxyTunnel';

export interface SiteAnswer {
  status: number;
  body: string;
}

export interface GetOptions {
  userAgent: string;
  /** Ends it, as does the time of {@link ROBOTS_LIMITS}. */
  signal: AbortSignal;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/**
 * GET through the proxy, with as much of the body and as many redirects as RFC 9309 asks for. Where a redirect leads, the proxy judges anew.
 * @throws SiteError, ProxyAwayError
 */
export async function getThroughProxy(
  address: string,
  way: Way,
  options: GetOptions,
): Promise<SiteAnswer> {
  const signal = AbortSignal.any([
    options.signal,
    AbortSignal.timeout(ROBOTS_LIMITS.milliseconds),
  ]);
  let url = new URL(address);
  for (let hop = 0; ; hop++) {
    const { status, location, body } = await getOnce(url, way, {
      ...options,
      signal,
    }).catch(error => {
      if (error instanceof SiteError) error.redirected = hop > 0;
      throw error;
    });
    if (status < 300 || status > 399 || location === undefined) {
      return { status, body };
    }
    if (hop >= ROBOTS_LIMITS.redirects) {
      throw new SiteError('TOO_MANY_REDIRECTS');
    }
    const next = URL.canParse(location, url) ? new URL(location, url) : url;
    if (next === url || !isWeb(next)) {
      const error = new SiteError('CONNECTION_FAILED');
      error.redirected = true;
      throw error;
    }
    url = next;
  }
}

async function getOnce(url: URL, way: Way, options: GetOptions) {
  const tunnel = await openTunnel(way, url, options.signal);
  try {
    const socket =
      url.protocol === 'https:'
        ? await startTls(tunnel, url, options.signal)
        : tunnel;
    return await exchange(socket, url, options);
  } finally {
    tunnel.destroy();
  }
}

function exchange(
  socket: Socket,
  url: URL,
  { userAgent, signal }: GetOptions,
): Promise<SiteAnswer & { location?: string }> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(
        new SiteError(signal.aborted ? 'TIMEOUT' : 'CONNECTION_FAILED', {
          cause,
        }),
      );
    const request = http.request({
      // With an agent, even `false`, this would not be asked.
      createConnection: () => socket,
      host: bareHost(url.hostname),
      path: `${url.pathname}${url.search}`,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        connection: 'close',
        host: url.host,
        'user-agent': userAgent,
      },
      signal,
    });
    request.on('error', fail);
    // Of "101 Switching Protocols" there is neither an answer nor an error. After an answer it is nothing.
    request.on('close', () => fail(new Error('closed without an answer')));
    request.on('response', response => {
      const { statusCode: status = 0, headers } = response;
      const chunks: Buffer[] = [];
      let room = ROBOTS_LIMITS.bytes;
      const done = () =>
        resolve({
          status,
          location: headers.location,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, room));
        room -= chunk.byteLength;
        if (room > 0) return;
        done();
        socket.destroy();
      });
      response.on('end', done);
    });
    request.end();
  });
}
