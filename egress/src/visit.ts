import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { matchesHostRule, parseHostRule, type HostRule } from './host-rules';
import { canonicalHost, matches, type HostPattern } from './host-pattern';

/**
 * What one visit of one page may reach. The step makes it and signs it with the proxy's token, the browser
 * sends it as the password of the proxy; no page sees it, and the proxy keeps nothing between requests, so
 * every replica can judge.
 */
export interface VisitGrant {
  /** Workflow uid, for the log. */
  run: string;
  /** The address that was asked for, as host:port: private addresses are open to their own visit only. */
  target: string;
  /** Host patterns that no request of the visit may go to. */
  deny: readonly string[];
}

/** A grant as the proxy holds it. */
export interface Visit {
  run: string;
  /** Undefined for what is no visit: all that the proxy's operator opened is open to it. */
  target?: { host: string; port: number };
  deny: readonly HostRule[];
}

export const OPEN_VISIT: Visit = { run: '', deny: [] };

const USER = 'visit';
const MAX_REMEMBERED = 512;

const sign = (payload: string, token: string): string =>
  createHmac('sha256', token).update(`visit.v1.${payload}`).digest('base64url');

/** User name and password for the proxy. */
export function visitCredential(
  grant: VisitGrant,
  token: string,
): { username: string; password: string } {
  const payload = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return { username: USER, password: `${payload}.${sign(payload, token)}` };
}

/** May this visit use what the pattern opens? Its own target is in there, or visits are not told apart. */
export const isOpenTo = (pattern: HostPattern, { target }: Visit): boolean =>
  !target || matches(pattern, target.host, target.port);

export const isDeniedTo = (
  { deny }: Visit,
  host: string,
  port: number,
): boolean => deny.some(rule => matchesHostRule(rule, host, port));

/**
 * Reads `Proxy-Authorization`: `Basic` with any user name, or `Bearer`. The bare token is a service's of ours,
 * such as the model proxy, which has no target and could sign itself any grant. Undefined where it is missing, forged or not whole. */
export function createVisitReader(
  token: string | undefined,
): (request: IncomingMessage) => Visit | undefined {
  if (!token) return () => OPEN_VISIT;
  // Each request of a page carries the same one: it is verified once.
  const known = new Map<string, Visit>();
  return request => {
    const password = passwordOf(request);
    const before = known.get(password);
    if (before) return before;
    const visit = verified(password, token);
    if (!visit) return undefined;
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(password, visit);
    return visit;
  };
}

function passwordOf(request: IncomingMessage): string {
  const header = request.headers['proxy-authorization'] ?? '';
  const [scheme, value = ''] = header.split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  return /^basic$/i.test(scheme)
    ? Buffer.from(value, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '')
    : '';
}

/** Compared in constant time. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function verified(password: string, token: string): Visit | undefined {
  if (isSame(password, token)) return OPEN_VISIT;
  const [payload, signature, ...more] = password.split('.');
  if (!payload || !signature || more.length > 0) return undefined;
  if (!isSame(signature, sign(payload, token))) return undefined;
  try {
    const grant = JSON.parse(
      Buffer.from(payload, 'base64url').toString('utf8'),
    ) as VisitGrant;
    return readGrant(grant);
  } catch {
    return undefined;
  }
}

function readGrant({ run, target, deny }: VisitGrant): Visit | undefined {
  const at = target.lastIndexOf(':');
  const host = canonicalHost(target.slice(0, at));
  const port = Number(target.slice(at + 1));
  if (!host || !Number.isInteger(port)) return undefined;
  return {
    run: String(run).slice(0, 64),
    target: { host, port },
    deny: deny.map(parseHostRule),
  };
}
