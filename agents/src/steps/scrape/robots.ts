import {
  readRobots,
  ROBOTS_LIMITS,
  robotsAnswer,
  robotsFailure,
  type RobotsRules,
} from '@agentworkloads/api';
import type { EgressClient, EgressResponse } from '../../clients/egress-client';
import { EgressError } from '../../clients/egress-client';
import type { Clock } from '../../runtime/clock';
import { notObserved } from './outcome';
import { retryAfterMs } from './retry-after';

const TRIES = 2;

export interface RobotsOptions {
  clock: Clock;
  signal: AbortSignal;
  userAgent: string;
  crawlDelayCapMs: number;
  retryAfterCapMs: number;
}

export interface Robots {
  /**
   * @param via the way out of the visit that asks
   *
   * May this address be visited, and how long to wait between two visits of its host? Asked once for each
   * origin. @throws NotObservedError with the reason when it may not or the host can't be reached.
   */
  check(url: string, via: EgressClient): Promise<{ crawlDelayMs: number }>;
}

type Rules =
  | { kind: 'parsed'; robots: RobotsRules }
  | { kind: 'all-allowed' }
  | { kind: 'disallowed'; detail: string }
  | { kind: 'unreachable'; error: Error };

/** robots.txt as RFC 9309 has it: 4xx allows all; 5xx, 429 and no answer disallow for now. */
export function createRobots(options: RobotsOptions): Robots {
  const known = new Map<string, Promise<Rules>>();
  return {
    async check(url, via) {
      const { origin } = new URL(url);
      let rules = known.get(origin);
      if (!rules) {
        rules = fetchRules(origin, via, options);
        known.set(origin, rules);
        // A service that was away is asked again by the next page.
        rules.catch(() => known.delete(origin));
      }
      return apply(await rules, url, options.crawlDelayCapMs);
    },
  };
}

function apply(
  rules: Rules,
  url: string,
  capMs: number,
): { crawlDelayMs: number } {
  switch (rules.kind) {
    case 'all-allowed':
      return { crawlDelayMs: 0 };
    case 'disallowed':
      throw notObserved('ROBOTS_DISALLOWED', rules.detail);
    case 'unreachable':
      throw rules.error;
    default: {
      if (!rules.robots.judge(url).allowed) {
        throw notObserved(
          'ROBOTS_DISALLOWED',
          'The robots.txt of the site asks not to visit this page.',
        );
      }
      return {
        crawlDelayMs: Math.min(rules.robots.crawlDelay * 1000, capMs),
      };
    }
  }
}

async function fetchRules(
  origin: string,
  via: EgressClient,
  options: RobotsOptions,
): Promise<Rules> {
  const address = `${origin}/robots.txt`;
  for (let attempt = 1; ; attempt++) {
    let response: EgressResponse;
    try {
      response = await via.get(address, {
        headers: { 'user-agent': options.userAgent },
        timeoutMs: ROBOTS_LIMITS.milliseconds,
        maxBytes: ROBOTS_LIMITS.bytes,
        truncate: true,
        maxRedirects: ROBOTS_LIMITS.redirects,
      });
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      return unreachable(error, new URL(origin).host);
    }
    const { status } = response;
    const meaning = robotsAnswer(status);
    if (meaning === 'rules') {
      return {
        kind: 'parsed',
        robots: readRobots(response.body.toString('utf8')),
      };
    }
    if (meaning === 'none') return { kind: 'all-allowed' };
    const wait =
      retryAfterMs(response.headers['retry-after'], options.clock.now()) ??
      1000;
    if (attempt >= TRIES || wait > options.retryAfterCapMs) {
      return {
        kind: 'disallowed',
        detail: `robots.txt answered ${status}, which means: not now.`,
      };
    }
    await options.clock.sleep(wait, options.signal);
  }
}

function unreachable(error: EgressError, host: string): Rules {
  const meaning = robotsFailure(error);
  if (meaning === 'none') return { kind: 'all-allowed' };
  if (meaning === 'notNow') {
    return {
      kind: 'disallowed',
      detail: 'robots.txt was moved to an address that can not be reached.',
    };
  }
  return {
    kind: 'unreachable',
    error: notObserved(error.reason, sentence(error.reason, host)),
  };
}

const SENTENCES: Partial<Record<EgressError['reason'], string>> = {
  POLICY_DENIED: 'is denied by the policy.',
  EGRESS_BLOCKED:
    'is no public address or not an allowed port; the egress proxy refused it.',
  DNS_FAILED: 'does not resolve.',
  TIMEOUT: 'did not answer in time.',
  CONNECTION_FAILED: 'refused or broke the connection.',
  TLS_FAILED: 'has no certificate that can be trusted.',
};

/** A sentence about a host for each way in which a connection fails. */
export function sentence(reason: EgressError['reason'], host: string): string {
  return `${host} ${SENTENCES[reason] ?? 'can not be reached.'}`;
}
