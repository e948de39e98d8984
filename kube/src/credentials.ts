import type { RequestOptions } from 'node:https';

export interface TlsOptions {
  ca?: RequestOptions['ca'];
  cert?: RequestOptions['cert'];
  key?: RequestOptions['key'];
  pfx?: RequestOptions['pfx'];
  passphrase?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
}

export interface Credentials {
  tls: TlsOptions;
  headers: Record<string, string>;
}

/** Without what is undefined, which a connection would take for a setting. */
export function defined(tls: TlsOptions): TlsOptions {
  return Object.fromEntries(
    Object.entries(tls).filter(([, value]) => value !== undefined),
  );
}
