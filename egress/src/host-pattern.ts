import { isIP } from 'node:net';

/** What the operator of the proxy names: `host:port` or `*.host:port`. */
export interface HostPattern {
  /** Lower case, without brackets; with `*.` in front for all sub-domains. */
  host: string;
  port: number;
}

/**
 * The host of a URL or of CONNECT in the one spelling that everything else uses: lower case, decimal and
 * octal IPv4 as dotted, IDN as punycode, without a trailing dot or brackets. Undefined when it is no host.
 */
export function canonicalHost(host: string): string | undefined {
  if (!host || /[\s/\\@?#%]/.test(host)) return undefined;
  if (host.includes(':') && !/^\[.*\]$/.test(host)) return undefined;
  let parsed: URL;
  try {
    // Of the special schemes only these get the URL standard's host parsing; the port is not part of it.
    parsed = new URL(`http://${host}/`);
  } catch {
    return undefined;
  }
  if (parsed.port || parsed.username || parsed.password) return undefined;
  const bare = parsed.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (!bare || bare.length > 253 || bare.endsWith('.')) return undefined;
  // "1.2.3.4." parses as an address only without its dot.
  return isIP(bare) === 0 && bare !== parsed.hostname && !host.includes('[')
    ? canonicalHost(bare)
    : bare;
}

export function matches(
  pattern: HostPattern,
  host: string,
  port: number,
): boolean {
  if (pattern.port !== port) return false;
  return pattern.host.startsWith('*.')
    ? host.endsWith(pattern.host.slice(1)) &&
        host.length > pattern.host.length - 1
    : host === pattern.host;
}

const ENTRY = /^(\[[^\]]+\]|[^:[\]]+):(\d{1,5})$/;

/** `host:port`, with brackets around IPv6. @throws RangeError that names the entry */
export function parseHostPattern(entry: string): HostPattern {
  const match = ENTRY.exec(entry);
  const port = Number(match?.[2]);
  const wild = match?.[1].startsWith('*.') ?? false;
  const host = match && canonicalHost(wild ? match[1].slice(2) : match[1]);
  if (!host || port < 1 || port > 65535) {
    throw new RangeError(
      `"${entry}" is not host:port, *.host:port or [ipv6]:port`,
    );
  }
  return { host: wild ? `*.${host}` : host, port };
}
