import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { Login } from './access';
import type { Credentials, TlsOptions } from './credentials';

/** Where requests go and with what; asked for before each request, since tokens change. */
export interface KubeConnection {
  /** Base URL without a trailing slash. */
  server: string;
  prepare(): Promise<{
    dispatcher: Dispatcher;
    headers: Record<string, string>;
  }>;
  /**
   * Told of a 401: reads the credentials anew.
   * @returns whether they are others than before, so that it is worth asking again
   */
  renew(): Promise<boolean>;
  close(): Promise<void>;
}

/** Tokens and certificates are rotated in their files. */
const CREDENTIALS_FRESH_MS = 30_000;
const CONNECT_MS = 10_000;

/** The same options give the same text, so that a rotated certificate gets a pool of its own. */
function fingerprint(tls: TlsOptions): string {
  return JSON.stringify(
    Object.entries(tls).map(([name, value]) => [name, String(value)]),
  );
}

/** One pool of connections: an agent for each request would cost a TLS handshake each. */
class PooledConnection implements KubeConnection {
  readonly server: string;
  private pool: { dispatcher: Dispatcher; print: string } | undefined;
  private headers: Record<string, string> = {};
  private freshUntil = 0;

  constructor(private readonly login: Login) {
    this.server = login.server;
  }

  async prepare() {
    if (this.pool && performance.now() < this.freshUntil) {
      return { dispatcher: this.pool.dispatcher, headers: this.headers };
    }
    return this.take(await this.login.read());
  }

  async renew(): Promise<boolean> {
    const before = [this.headers.authorization, this.pool?.print];
    this.freshUntil = 0;
    await this.prepare();
    const after = [this.headers.authorization, this.pool?.print];
    return before.some((value, index) => value !== after[index]);
  }

  async close(): Promise<void> {
    await this.pool?.dispatcher.destroy();
  }

  private take({ tls, headers }: Credentials) {
    this.headers = headers;
    this.pool = this.poolFor(tls);
    this.freshUntil = performance.now() + CREDENTIALS_FRESH_MS;
    return { dispatcher: this.pool.dispatcher, headers };
  }

  private poolFor(tls: TlsOptions) {
    const print = fingerprint(tls);
    if (this.pool?.print === print) return this.pool;
    // The old pool ends when its last request does.
    void this.pool?.dispatcher.close().catch(() => undefined);
    const { proxyUrl } = this.login;
    const common = { allowH2: false, keepAliveTimeout: 30_000 };
    const connect = {
      ...tls,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      timeout: CONNECT_MS,
    };
    const dispatcher = proxyUrl
      ? new ProxyAgent({ ...common, uri: proxyUrl, requestTls: tls })
      : new Agent({ ...common, connect });
    return { dispatcher, print };
  }
}

/** @param login from `resolveAccess` */
export function connect(login: Login): KubeConnection {
  return new PooledConnection(login);
}
