import ipaddr from 'ipaddr.js';
import { canonicalHost } from './host-pattern';

/**
 * Host patterns as the policy's data file has them (policies/README.md); policies/hosts.rego and the steps read them the
 * same way, and all three are tested with policies/host_cases.json.
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
