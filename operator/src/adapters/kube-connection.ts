import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';

/** Where requests go and with what; asked for before each request, since tokens change. */
export interface KubeConnection {
  /** Base URL without a trailing slash. */
  server: string;
  prepare(): Promise<{
    dispatcher: Dispatcher;
    headers: Record<string, string>;
  }>;
  /** Told of a 401: the next {@link prepare} reads credentials anew. */
  refresh(): void;
  close(): Promise<void>;
}

interface TlsOptions {
  ca?: RequestOptions['ca'];
  cert?: RequestOptions['cert'];
  key?: RequestOptions['key'];
  pfx?: RequestOptions['pfx'];
  passphrase?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
}

/** Tokens and certificates are rotated in their files. */
const CREDENTIALS_FRESH_MS = 30_000;

function tlsOf(options: RequestOptions): TlsOptions {
  const tls: TlsOptions = {
    ca: options.ca,
    cert: options.cert,
    key: options.key,
    pfx: options.pfx,
    passphrase: options.passphrase,
    servername: options.servername,
    rejectUnauthorized: options.rejectUnauthorized,
  };
  return Object.fromEntries(
    Object.entries(tls).filter(([, value]) => value !== undefined),
  );
}

/** The same options give the same text, so that a rotated certificate gets a pool of its own. */
function fingerprint(tls: TlsOptions): string {
  return JSON.stringify(
    Object.entries(tls).map(([name, value]) => [name, String(value)]),
  );
}

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    // A token file may end in a line break, which no header may hold.
    headers[name.toLowerCase()] = String(value).trim();
  }
  if (options.auth) {
    const basic = Buffer.from(options.auth).toString('base64');
    headers.authorization = `Basic ${basic}`;
  }
  return headers;
}

/**
 * client-node knows kubeconfigs and their ways to authenticate, but opens a TLS connection for each
 * request; so it is asked for the credentials only, and the connections are one pool of ours.
 */
export class KubeConfigConnection implements KubeConnection {
  readonly server: string;
  private pool: { dispatcher: Dispatcher; print: string } | undefined;
  private headers: Record<string, string> = {};
  private freshUntil = 0;

  constructor(private readonly config: KubeConfig) {
    const cluster = config.getCurrentCluster();
    if (!cluster) {
      throw new Error(
        'the kubeconfig has no current cluster: set current-context to one of its contexts',
      );
    }
    this.server = cluster.server.replace(/\/+$/, '');
  }

  async prepare() {
    const now = Date.now();
    if (!this.pool || now >= this.freshUntil) {
      const options: RequestOptions = {};
      await this.config.applyToHTTPSOptions(options);
      this.headers = headersOf(options);
      await this.readTokenFile();
      this.pool = this.poolFor(tlsOf(options));
      this.freshUntil = now + CREDENTIALS_FRESH_MS;
    }
    return { dispatcher: this.pool.dispatcher, headers: this.headers };
  }

  refresh(): void {
    this.freshUntil = 0;
  }

  async close(): Promise<void> {
    await this.pool?.dispatcher.destroy();
  }

  /** client-node keeps a token for a minute whatever the server says of it; after a 401 that is too long. */
  private async readTokenFile(): Promise<void> {
    const provider: unknown = this.config.getCurrentUser()?.authProvider;
    const file = (provider as { config?: { tokenFile?: string } } | undefined)
      ?.config?.tokenFile;
    if (!file) return;
    const token = (await readFile(file, 'utf8')).trim();
    this.headers.authorization = `Bearer ${token}`;
  }

  private poolFor(tls: TlsOptions) {
    const print = fingerprint(tls);
    if (this.pool?.print === print) return this.pool;
    // The old pool ends when its last request does.
    void this.pool?.dispatcher.close().catch(() => undefined);
    const proxyUrl = this.config.getCurrentCluster()?.proxyUrl;
    const connect = { ...tls, keepAlive: true, keepAliveInitialDelay: 30_000 };
    const dispatcher = proxyUrl
      ? new ProxyAgent({ uri: proxyUrl, requestTls: tls, allowH2: false })
      : new Agent({ connect, allowH2: false });
    return { dispatcher, print };
  }
}

/** @param kubeconfig path of a kubeconfig; empty for the account of the pod this runs in */
export function connectToCluster(kubeconfig: string): KubeConnection {
  const config = new KubeConfig();
  if (kubeconfig) config.loadFromFile(kubeconfig);
  else config.loadFromCluster();
  return new KubeConfigConnection(config);
}

/** Plain connection without credentials, for tests against a server on loopback. */
export function connectPlainly(server: string): KubeConnection {
  const dispatcher = new Agent();
  return {
    server,
    prepare: async () => ({ dispatcher, headers: {} }),
    refresh: () => undefined,
    close: () => dispatcher.destroy(),
  };
}
