import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import tls from 'node:tls';

/** Why no answer of a site came; the names are those of reports. */
export const SITE_FAILURES = [
  'EGRESS_BLOCKED',
  'POLICY_DENIED',
  'DNS_FAILED',
  'TIMEOUT',
  'CONNECTION_FAILED',
  'TLS_FAILED',
  'TOO_MANY_REDIRECTS',
] as const;
export type SiteFailure = (typeof SITE_FAILURES)[number];

export class SiteError extends Error {
  override readonly name = 'SiteError';
  /** After a redirect: the site that was asked for had answered. */
  redirected = false;
  constructor(readonly reason: SiteFailure, options?: ErrorOptions) {
    super(reason, options);
  }
}

/** The proxy itself is away or does not take us: nothing is known of the site. */
export class ProxyAwayError extends Error {
  override readonly name = 'ProxyAwayError';
}

/** How the proxy says why it refused, and why it failed. */
export const BLOCKED_HEADER = 'x-egress-blocked';
export const FAILED_HEADER = 'x-egress-error';

export interface Way {
  proxyUrl: string;
  credential: { username: string; password: string };
}

export const portOf = (url: URL): number =>
  Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

function refusal({ statusCode, headers }: http.IncomingMessage): Error {
  if (statusCode === 407 || statusCode === 503) {
    return new ProxyAwayError(`The egress proxy answered ${statusCode}`);
  }
  const blocked = headers[BLOCKED_HEADER];
  if (blocked !== undefined) {
    return new SiteError(
      blocked === 'POLICY' ? 'POLICY_DENIED' : 'EGRESS_BLOCKED',
    );
  }
  const said = String(headers[FAILED_HEADER] ?? '');
  const known = SITE_FAILURES.find(reason => said.startsWith(reason));
  return new SiteError(known ?? 'CONNECTION_FAILED');
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
