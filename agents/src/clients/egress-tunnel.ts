import http from 'node:http';
import https from 'node:https';
import { connect, type Socket } from 'node:net';
import tls from 'node:tls';
import {
  bareHost,
  BLOCKED_HEADER,
  FAILED_HEADER,
  failureFromHeaders,
  portOf,
  type EgressFailure,
} from '@agentworkloads/api';

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

export interface EgressClientOptions {
  /** Absent only in tests: then connections are direct. */
  proxyUrl?: string;
  /** User name and password: a visit's own. */
  proxyCredential?: { username: string; password: string };
}

function authorization({ proxyCredential }: EgressClientOptions) {
  if (!proxyCredential) return {};
  const { username, password } = proxyCredential;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${pair}` };
}

export function startTls(
  socket: Socket,
  servername: string,
  timeoutMs: number,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({
      socket,
      // Whose certificate it has to be; without it, an address would be held against "localhost".
      host: servername,
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

/**
 * A connection to host and port through the proxy.
 * @throws EgressError, EgressProxyAwayError
 */
export function openTunnel(
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
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      agent: false,
      host: bareHost(proxy.hostname),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...authorization(options),
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
