import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import {
  saveNotObserved,
  saveObservation,
  sha256,
  storedRecord,
  type PageOutcome,
  type Target,
} from './bundle';
import { BrowserLostError } from './failed-visit';
import type { HostGate, Slots } from './host-gate';
import { hostObjection, policyDenied } from './host-policy';
import { notObserved, NotObservedError } from './outcome';
import type { Robots } from './robots';
import { visit, type Observation } from './visit';
import { visitDeps, type VisitDeps } from './visit-context';
import { diedInVisit, markVisit, unmarkVisit } from './visit-mark';

/** Visits in all when a site says "too many requests" and says when to come again. */
const RATE_LIMIT_TRIES = 3;
/** Visits in all when the browser dies and nobody knows under which page. */
const BROWSER_TRIES = 3;
/** Visits in all of a page that hangs or crashes: the second time is its own doing. */
const PAGE_TRIES = 2;

export interface PageVisitor {
  /** Visits and stores one page, unless an earlier attempt has; never throws because of the page. */
  handle(target: Target): Promise<PageOutcome>;
}

/**
 * @param leave ends all visits once one of them found that the step can't go on, for example without a browser
 */
export function createPageVisitor(
  deps: StepDeps,
  parts: { robots?: Robots; gate: HostGate; userAgent: string },
  leave: AbortController,
): PageVisitor {
  const during: StepDeps = {
    ...deps,
    signal: AbortSignal.any([deps.signal, leave.signal]),
  };
  const underWay = new Set<Promise<PageOutcome>>();
  return {
    /**
     * Of a step that ends for another reason than a page, no page may look as if it had died under it: whoever fails first
     * tells the others to leave, and ends when all have taken their marks back.
     */
    async handle(target) {
      const work = attempt(target);
      underWay.add(work);
      try {
        return await work;
      } catch (error) {
        leave.abort(error);
        await Promise.allSettled(underWay);
        throw error;
      } finally {
        underWay.delete(work);
      }
    },
  };

  async function attempt(target: Target): Promise<PageOutcome> {
    const { url } = target;
    during.signal.throwIfAborted();
    const log = deps.logger.child({
      urlSha256: sha256(url).slice(0, 12),
      host: hostOf(url),
    });
    const stored = await storedRecord(url, deps);
    if (stored) {
      log.info('page was saved before, not visited again');
      return {
        urlSha256: stored.record.urlSha256,
        recordSha256: stored.sha256,
        observed: !stored.record.reason,
      };
    }
    if (await diedInVisit(url, deps)) {
      log.warn('an attempt of this step died while it visited the page');
      return saveNotObserved(
        target,
        {
          reason: 'BROWSER_FAILED',
          detail:
            'The step died while it visited this page, so it was not visited again.',
        },
        deps,
      );
    }
    const from = deps.clock.elapsed();
    const ms = () => Math.round(deps.clock.elapsed() - from);
    try {
      // A page that was named by a page opens no address that only a target may.
      const own = visitDeps(during, target.from ?? url);
      const seen = await visitPolitely(url, own, parts);
      const outcome = await saveObservation(target, seen, deps);
      log.info(
        {
          status: seen.status,
          chars: seen.collected.text.length,
          blocked: seen.blocked.length,
          ms: ms(),
        },
        'page observed',
      );
      return outcome;
    } catch (error) {
      if (!(error instanceof NotObservedError)) {
        await unmarkVisit(url, deps).catch(() => undefined);
        throw error;
      }
      log.warn(
        {
          reason: error.outcome.reason,
          status: error.outcome.status,
          ms: ms(),
        },
        'page not observed',
      );
      return saveNotObserved(target, error.outcome, deps);
    }
  }
}

const hostOf = (url: string): string => new URL(url).host;

async function visitPolitely(
  url: string,
  deps: VisitDeps,
  {
    robots,
    gate,
    userAgent,
  }: { robots?: Robots; gate: HostGate; userAgent: string },
): Promise<Observation> {
  const objection = hostObjection(url, deps.job.hostRules);
  if (objection) throw policyDenied({ url, detail: objection }, []);
  const { crawlDelayMs } = (await robots?.check(url, deps.egress)) ?? {
    crawlDelayMs: 0,
  };
  const seen = await gate.run(hostOf(url), crawlDelayMs, slots =>
    withPatience(url, userAgent, slots, deps),
  );
  // Where a redirect leads, the rules of that site count.
  if (
    new URL(seen.finalUrl).origin !== new URL(url).origin &&
    /^https?:/.test(seen.finalUrl)
  ) {
    await robots?.check(seen.finalUrl, deps.egress);
  }
  return seen;
}

async function withPatience(
  url: string,
  userAgent: string,
  slots: Slots,
  deps: VisitDeps,
): Promise<Observation> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await slots.use(async () => {
        await markVisit(url, deps);
        return withNewBrowser(url, userAgent, deps);
      });
    } catch (error) {
      const wait =
        error instanceof NotObservedError
          ? error.outcome.retryAfterMs
          : undefined;
      if (wait === undefined || !(error instanceof NotObservedError))
        throw error;
      const { status } = error.outcome;
      if (
        attempt >= RATE_LIMIT_TRIES ||
        wait > deps.settings.RETRY_AFTER_CAP_MS
      ) {
        throw notObserved(
          'RATE_LIMITED',
          `The site answered ${status} and asks to wait ${Math.round(
            wait / 1000,
          )} s; given up after ${attempt} visits.`,
          { ...error.outcome, retryAfterMs: undefined },
        );
      }
      await deps.clock.sleep(Math.max(wait, 100), deps.signal);
    }
  }
}

async function withNewBrowser(
  url: string,
  userAgent: string,
  deps: VisitDeps,
): Promise<Observation> {
  for (let attempt = 1; ; attempt++) {
    deps.signal.throwIfAborted();
    try {
      return await visit(url, userAgent, deps);
    } catch (error) {
      if (!(error instanceof BrowserLostError)) throw error;
      const most = error.blame === 'page' ? PAGE_TRIES : BROWSER_TRIES;
      if (attempt >= most) {
        throw notObserved(
          'BROWSER_FAILED',
          `The browser did not survive this page in ${attempt} visits.`,
        );
      }
      deps.logger.warn(
        { attempt, host: hostOf(url), cause: describeError(error) },
        'browser failed during a visit, trying again',
      );
    }
  }
}
