import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Host patterns as the policy's data file has them (policies/README.md); policies/hosts.rego and the egress proxy, which imports
 * nothing of ours, read them the same way: all three are tested with policies/host_cases.json.
 */
export interface HostRule {
  /** Canonical; with `*.` in front for all sub-domains, `*` for any host. */
  name: string;
  /** Absent for every port. */
  port?: number;
}

const PATTERN = /^(\*\.)?(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/;

/** IPv4 inside of IPv6 by its first six groups: compatible, mapped, translated, NAT64. */
const IPV4_INSIDE = new Set([
  '0:0:0:0:0:0',
  '0:0:0:0:0:ffff',
  '0:0:0:0:ffff:0',
  '64:ff9b:0:0:0:0',
]);

/**
 * The host of a URL or of CONNECT in the one spelling that everything else uses: lower case, decimal and
 * octal IPv4 as dotted, IDN as punycode, without a trailing dot or brackets. Undefined when it is no host.
 */
function canonicalHost(host: string): string | undefined {
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

/** A host in the one spelling that rules compare; undefined when it is no host. */
function oneSpelling(host: string): string | undefined {
  const canonical = canonicalHost(
    host.includes(':') && !host.startsWith('[') ? `[${host}]` : host,
  );
  if (!canonical?.includes(':')) return canonical;
  const { parts } = ipaddr.IPv6.parse(canonical);
  const head = parts.slice(0, 6).map(part => part.toString(16));
  if (!IPV4_INSIDE.has(head.join(':'))) return canonical;
  return parts
    .slice(6)
    .flatMap(part => [part >> 8, part & 0xff])
    .join('.');
}

/** @throws RangeError that names the pattern */
export function parseHostRule(pattern: string): HostRule {
  if (pattern === '*') return { name: '*' };
  const match = PATTERN.exec(pattern);
  const host = match && oneSpelling(match[2]);
  if (!host) {
    throw new RangeError(
      `"${pattern.slice(
        0,
        100,
      )}" is no host pattern: *, *.host, host or [ipv6], each with or without :port`,
    );
  }
  return {
    name: `${match[1] ?? ''}${host}`,
    ...(match[3] ? { port: Number(match[3]) } : {}),
  };
}

/** @param host in any spelling; one that is no host matches nothing but `*` */
export function matchesHostRule(
  rule: HostRule,
  host: string,
  port: number,
): boolean {
  if (rule.port !== undefined && rule.port !== port) return false;
  if (rule.name === '*') return true;
  const name = oneSpelling(host);
  if (!name) return false;
  return rule.name.startsWith('*.')
    ? name.endsWith(rule.name.slice(1))
    : name === rule.name;
}
