import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import {
  bareHost,
  failureFromHeaders,
  portOf,
  type EgressFailure,
} from '@agentworkloads/api';

/** Why no answer of a site came. */
export class SiteError extends Error {
  override readonly name = 'SiteError';
  /** After a redirect: the site that was asked for had answered. */
  redirected = false;
  constructor(readonly reason: EgressFailure, options?: ErrorOptions) {
    super(reason, options);
  }
}

/** The proxy itself is away or does not take us: nothing is known of the site. */
export class ProxyAwayError extends Error {
  override readonly name = 'ProxyAwayError';
}

export interface Way {
  proxyUrl: string;
  credential: { username: string; password: string };
}

function refusal({ statusCode, headers }: http.IncomingMessage): Error {
  if (statusCode === 407 || statusCode === 503) {
    return new ProxyAwayError(
      statusCode === 407
        ? 'The egress proxy answered 407: it does not know the token'
        : `The egress proxy answered ${statusCode}`,
    );
  }
  return new SiteError(failureFromHeaders(headers) ?? 'CONNECTION_FAILED');
}

/**
 * A connection to host and port, by CONNECT: what the proxy says itself comes in its answer, and never from the site.
 * There is no other way out of here.
 * @throws SiteError, ProxyAwayError
 */
export function openTunnel(
  { proxyUrl, credential }: Way,
  url: URL,
  signal: AbortSignal,
): Promise<Socket> {
  const proxy = new URL(proxyUrl);
  const authority = `${url.hostname}:${portOf(url)}`;
  const { username, password } = credential;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      agent: false,
      host: bareHost(proxy.hostname),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, 'proxy-authorization': `Basic ${pair}` },
      signal,
    });
    request.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusal(response));
    });
    // A proxy that takes no CONNECT is none of ours.
    request.once('response', response => {
      response.destroy();
      reject(new ProxyAwayError('The egress proxy takes no CONNECT'));
    });
    request.once('error', cause => {
      reject(
        signal.aborted
          ? new SiteError('TIMEOUT', { cause })
          : new ProxyAwayError("The egress proxy can't be reached", { cause }),
      );
    });
    request.end();
  });
}

/** @throws SiteError */
export function startTls(
  socket: Socket,
  url: URL,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  const name = bareHost(url.hostname);
  return new Promise((resolve, reject) => {
    const secure = tls.connect({
      socket,
      // Whose certificate it has to be; without it, an address would be held against "localhost".
      host: name,
      // An address is no server name.
      servername: /^[\d.:]+$/.test(name) ? undefined : name,
    });
    const late = () => {
      reject(new SiteError('TIMEOUT'));
      secure.destroy();
    };
    signal.addEventListener('abort', late, { once: true });
    secure.once('secureConnect', () => {
      signal.removeEventListener('abort', late);
      resolve(secure);
    });
    secure.on('error', cause => reject(new SiteError('TLS_FAILED', { cause })));
  });
}
