import type { CDPSession } from 'playwright-core';
import type { VisitEgress } from '../../clients/visit-egress';
import { matchesHostRule } from '../../config/host-rules';
import type { Job } from '../../runtime/step';
import { notObserved, withoutCredentials } from './outcome';
import { hostPort, type PageMonitor } from './page-monitor';

type Rules = Job['hostRules'];

/** Why a document of this address is not to be seen in this run; undefined where it may be. */
export function hostObjection(url: string, rules: Rules): string | undefined {
  if (!/^https?:/.test(url)) return undefined;
  const at = hostPort(url);
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  const named = (rule: Rules['allow'][number]) =>
    matchesHostRule(rule, hostname, number);
  if (rules.denied.some(named)) return `${at} is denied by the policy.`;
  return rules.allow.some(named)
    ? undefined
    : `${at} is not among the hosts that the policy allows.`;
}

export interface DocumentGuard {
  /** The first address that was refused, with the reason. */
  refused(): { url: string; detail: string } | undefined;
}

/**
 * Refuses documents of the page that the run's rules do not allow, at each hop, before they are asked for.
 * The egress proxy can't: inside of TLS a document looks like any other request. What is denied, it refuses
 * for all requests.
 */
export async function guardDocuments(
  cdp: CDPSession,
  rules: Rules,
  proxy: VisitEgress['proxy'],
): Promise<DocumentGuard> {
  let refused: ReturnType<DocumentGuard['refused']>;
  if (rules.allow.some(isAny)) return { refused: () => undefined };
  const { frameTree } = await cdp.send('Page.getFrameTree');
  cdp.on('Fetch.requestPaused', ({ requestId, request, frameId }) => {
    const detail =
      frameId === frameTree.frame.id
        ? hostObjection(request.url, rules)
        : undefined;
    if (detail) refused ??= { url: request.url, detail };
    const answer = detail
      ? cdp.send('Fetch.failRequest', {
          requestId,
          errorReason: 'BlockedByClient',
        })
      : cdp.send('Fetch.continueRequest', { requestId });
    // The page may be gone before it is answered.
    answer.catch(() => undefined);
  });
  answerProxy(cdp, proxy);
  await cdp.send('Fetch.enable', {
    patterns: [{ urlPattern: '*', resourceType: 'Document' }],
    handleAuthRequests: true,
  });
  return { refused: () => refused };
}

/** Who holds a request up is also asked for the proxy's credential, in place of Playwright. */
export function answerProxy(
  cdp: CDPSession,
  proxy: { username?: string; password?: string } | undefined,
): void {
  const { username, password } = proxy ?? {};
  cdp.on('Fetch.authRequired', ({ requestId, authChallenge }) => {
    const ours = username && authChallenge.source === 'Proxy';
    const authChallengeResponse = ours
      ? ({ response: 'ProvideCredentials', username, password } as const)
      : ({ response: 'Default' } as const);
    cdp
      .send('Fetch.continueWithAuth', { requestId, authChallengeResponse })
      .catch(() => undefined);
  });
}

const isAny = (rule: Rules['allow'][number]): boolean =>
  rule.name === '*' && rule.port === undefined;

/** The last word on a page that was read: each address that led to it, and its own, may be seen in this run. */
export function checkHops(
  seen: { finalUrl: string; redirects: readonly string[] },
  rules: Rules,
): void {
  for (const url of [...seen.redirects, seen.finalUrl]) {
    const detail = hostObjection(url, rules);
    if (detail) throw policyDenied({ url, detail }, seen.redirects);
  }
}

export function policyDenied(
  refused: NonNullable<ReturnType<DocumentGuard['refused']>>,
  redirects: readonly string[],
) {
  return notObserved('POLICY_DENIED', refused.detail, {
    redirects: redirects.map(withoutCredentials),
  });
}

/** The addresses that were asked for on the way to one that was refused before it was. */
export function hopsBefore(refused: string, monitor: PageMonitor): string[] {
  const last = monitor.mainRequest()?.url();
  return last && last !== refused
    ? [...monitor.redirects(), last]
    : monitor.redirects();
}
