import {
  portOf,
  readRobots,
  robotsAnswer,
  robotsFailure,
  userAgent,
  type RobotsRules,
} from '@agentworkloads/api';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PageCheck } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { causeWords, type PolicyReply } from './askPolicy';
import { getThroughProxy, type SiteAnswer } from './getThroughProxy';
import { ProxyAwayError, SiteError } from './proxyTunnel';
import type { CheckSettings } from './settings';
import { visitCredential } from './visitCredential';

/** What is known of each page of a site, without its address. */
type Found = Omit<PageCheck, 'url'>;

/** For the proxy's log, in place of a run's uid. */
const CHECK = 'check-before-launch';
const SHOWN_CHARACTERS = 200;

export interface SiteCheck {
  proxy: CheckSettings['egressProxy'];
  signal: AbortSignal;
  logger: Pick<LoggerService, 'warn'>;
  /** What policy says of a run of these pages. Without its host rules nothing is asked. */
  policy: PolicyReply;
  /** Takes from what the person may still have asked. */
  mayAsk(): boolean;
}

/**
 * What the scraper would find of these pages before it visits them: one request, of the site's robots.txt, through the same proxy and by the
 * same rules. The scraper asks a second time where a site is busy, and tells it its operator's address; this does neither. The pages
 * themselves are not asked for.
 *
 * @param urls of one origin
 */
export async function checkSite(
  urls: readonly string[],
  check: SiteCheck,
): Promise<PageCheck[]> {
  const each = (found: Found) => urls.map(url => ({ url, ...found }));
  const { policy, proxy } = check;
  if (policy.kind !== 'answered') {
    return each({ outcome: 'notChecked', why: 'policyUnknown' });
  }
  const { allow, reasons, said, egress } = policy.decision;
  if (!allow) return each({ outcome: 'denied', reasons, said });
  if (!proxy) return each({ outcome: 'notChecked', why: 'noProxy' });
  if (!check.mayAsk()) return each({ outcome: 'notChecked', why: 'tooMany' });
  const site = new URL(urls[0]);
  const grant = {
    run: CHECK,
    target: `${site.hostname}:${portOf(site)}`,
    deny: egress.deny,
  };
  const way = {
    proxyUrl: proxy.url,
    credential: visitCredential(grant, proxy.token),
  };
  const address = `${site.origin}/robots.txt`;
  try {
    const answer = await getThroughProxy(address, way, {
      userAgent: userAgent(undefined),
      signal: check.signal,
    });
    const robots = readRobots(answer.body);
    return urls.map(url => ({ url, ...judged(url, robots, answer) }));
  } catch (error) {
    if (error instanceof ProxyAwayError) {
      check.logger.warn(
        `agentWorkloads.checks.egressProxy: no site can be asked through ${
          proxy.url
        }: ${causeWords(error)}`,
      );
    }
    return each(failed(error));
  }
}

/** As the scraper reads it (agents/src/steps/scrape/robots.ts). */
function judged(url: string, robots: RobotsRules, answer: SiteAnswer): Found {
  const { status, body } = answer;
  const meaning = robotsAnswer(status);
  if (meaning === 'notNow') return { outcome: 'notNow', status };
  if (meaning === 'none') return { outcome: 'noRules', status };
  const { allowed, line } = robots.judge(url);
  const outcome = allowed ? 'allowed' : 'disallowed';
  if (line === undefined) return { outcome };
  const text = body.split(/\r\n|\r|\n/)[line - 1].trim();
  return { outcome, rule: { line, text: text.slice(0, SHOWN_CHARACTERS) } };
}

/** @throws what is no failure of the site or the way to it */
function failed(error: unknown): Found {
  if (error instanceof ProxyAwayError) {
    return { outcome: 'notChecked', why: 'proxyAway' };
  }
  if (!(error instanceof SiteError)) throw error;
  const meaning = robotsFailure(error);
  if (meaning === 'none') return { outcome: 'noRules' };
  return meaning === 'notNow'
    ? { outcome: 'notNow' }
    : { outcome: 'unreachable', reason: error.reason };
}
