import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What the operator of the proxy allows beyond public addresses on the allowed ports. */
export interface EgressRules {
  allowedPorts: readonly number[];
  /** May have any address and port: `host:port`, `*.host:port`. */
  allow: readonly HostPattern[];
  /** Where a host is found, and no resolver is asked: `host:port=ip:port`. Also allows it. */
  resolve: ReadonlyArray<{ pattern: HostPattern; to: Target }>;
}

export interface HostPattern {
  /** Lower case, without brackets; with `*.` in front for all sub-domains. */
  host: string;
  port: number;
}

export interface Target {
  address: string;
  port: number;
}

export type BlockReason =
  | 'SCHEME'
  | 'PORT'
  | 'HOST'
  | 'CREDENTIALS'
  | 'PRIVATE_ADDRESS'
  | 'UPGRADE';

/** What may be done for a host and port, before any name is resolved. */
export type Admission =
  | { kind: 'refused'; reason: BlockReason }
  | { kind: 'fixed'; target: Target }
  | { kind: 'resolve'; host: string; port: number; privateAllowed: boolean };

/** Azure's WireServer: a public address by its range, a metadata service by its use. */
const DENIED_ADDRESSES = new Set(['168.63.129.16']);

/** All that IANA has given out to the Internet; the rest of IPv6 is reserved, local or in nobody's hands. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Is this an address of the public Internet? ipaddr.js knows the special ranges of both families and calls
 * "unicast" whatever is in none of them, so IPv6 has to be in 2000::/3 as well. Mapped IPv4 is judged as IPv4.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6)) return false;
  return (
    parsed.range() === 'unicast' && !DENIED_ADDRESSES.has(parsed.toString())
  );
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

/** Decides on a canonical host and port. Private addresses are found out later, when the name is resolved. */
export function admit(
  rules: EgressRules,
  rawHost: string,
  port: number,
): Admission {
  const host = canonicalHost(rawHost);
  if (!host) return { kind: 'refused', reason: 'HOST' };
  const fixed = rules.resolve.find(({ pattern }) =>
    matches(pattern, host, port),
  );
  if (fixed) return { kind: 'fixed', target: fixed.to };
  const privateAllowed = rules.allow.some(pattern =>
    matches(pattern, host, port),
  );
  if (!privateAllowed && !rules.allowedPorts.includes(port)) {
    return { kind: 'refused', reason: 'PORT' };
  }
  if (!privateAllowed && isIP(host) && !isPublicAddress(host)) {
    return { kind: 'refused', reason: 'PRIVATE_ADDRESS' };
  }
  return { kind: 'resolve', host, port, privateAllowed };
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

/** `host:port=ip:port`. @throws RangeError that names the entry */
export function parseResolveEntry(
  entry: string,
): EgressRules['resolve'][number] {
  const [from, to, ...more] = entry.split('=');
  const target = to ? parseHostPattern(to) : undefined;
  if (!target || more.length > 0 || !isIP(target.host)) {
    throw new RangeError(`"${entry}" is not host:port=ip:port`);
  }
  return {
    pattern: parseHostPattern(from),
    to: { address: target.host, port: target.port },
  };
}
