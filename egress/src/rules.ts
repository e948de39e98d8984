import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import {
  canonicalHost,
  matches,
  parseHostPattern,
  type HostPattern,
} from './host-pattern';
import { isDeniedTo, isOpenTo, type Visit } from './visit';

export { canonicalHost, parseHostPattern, type HostPattern };

/** What the operator of the proxy allows beyond public addresses on the allowed ports. */
export interface EgressRules {
  allowedPorts: readonly number[];
  /** May have any address and port: `host:port`, `*.host:port`. */
  allow: readonly HostPattern[];
  /** Where a host is found, and no resolver is asked: `host:port=ip:port`. Also allows it. */
  resolve: ReadonlyArray<{ pattern: HostPattern; to: Target }>;
  /** What counts as an address of the Internet; {@link isPublicAddress} but in tests. */
  isPublic?: (address: string) => boolean;
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
  /** Opened by the proxy's operator, for visits of another target. */
  | 'OTHER_TARGET'
  /** The run's host rules deny it. */
  | 'POLICY'
  | 'UPGRADE';

/** What may be done for a host and port, before any name is resolved. */
export type Admission =
  | { kind: 'refused'; reason: BlockReason }
  | { kind: 'fixed'; target: Target }
  | {
      kind: 'resolve';
      host: string;
      port: number;
      /** May this address be dialled? */
      accepts(address: string): 'yes' | 'PRIVATE_ADDRESS' | 'POLICY';
    };

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
 * Decides on a host and port for a visit. What the proxy's operator opened beyond the Internet is open to the
 * visits of that very address: a page of the outside that leads there gets no further. Private addresses
 * behind a name are found out later, when the name is resolved.
 */
export function admit(
  rules: EgressRules,
  rawHost: string,
  port: number,
  visit: Visit,
): Admission {
  const host = canonicalHost(rawHost);
  if (!host) return { kind: 'refused', reason: 'HOST' };
  if (isDeniedTo(visit, host, port)) {
    return { kind: 'refused', reason: 'POLICY' };
  }
  const isPublic = rules.isPublic ?? isPublicAddress;
  const named = (pattern: HostPattern) => matches(pattern, host, port);
  const fixed = rules.resolve.filter(({ pattern }) => named(pattern));
  const found = fixed.find(
    ({ pattern, to }) => isPublic(to.address) || isOpenTo(pattern, visit),
  );
  if (found) return { kind: 'fixed', target: found.to };
  const opened = rules.allow.filter(named);
  const open = opened.some(pattern => isOpenTo(pattern, visit));
  const elsewhere = !open && fixed.length + opened.length > 0;
  const refused = (reason: BlockReason): Admission => ({
    kind: 'refused',
    reason: elsewhere ? 'OTHER_TARGET' : reason,
  });
  if (!open && !rules.allowedPorts.includes(port)) return refused('PORT');
  if (!open && isIP(host) && !isPublic(host)) return refused('PRIVATE_ADDRESS');
  return {
    kind: 'resolve',
    host,
    port,
    accepts: address => {
      if (isDeniedTo(visit, address, port)) return 'POLICY';
      return open || isPublic(address) ? 'yes' : 'PRIVATE_ADDRESS';
    },
  };
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
