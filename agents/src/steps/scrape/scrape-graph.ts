import { userAgent as makeUserAgent } from '@agentworkloads/api';
import { END, Send, START, StateGraph } from '@langchain/langgraph';
import { PermanentError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import type { Target } from './bundle';
import { pagesToFollow, targetsOf } from './follow';
import { createHostGate } from './host-gate';
import { reusePages } from './reuse';
import { createRobots } from './robots';
import { ScrapeState } from './scrape-state';
import { lookAgain, ofSecondLook, pagesForSecondLook } from './second-look';
import { createPageVisitor } from './visit-page';

function robotsFor(
  { settings, logger }: StepDeps,
  how: { clock: StepDeps['clock']; signal: AbortSignal; userAgent: string },
) {
  if (settings.ROBOTS !== 'ignore')
    return createRobots({
      ...how,
      crawlDelayCapMs: settings.CRAWL_DELAY_CAP_MS,
      retryAfterCapMs: settings.RETRY_AFTER_CAP_MS,
    });
  logger.warn('robots.txt is ignored, because ROBOTS=ignore was set');
  return undefined;
}

/**
 * Where an earlier run's pages are used: plan -> reuse -> done, and nothing is visited. Else:
 * plan -> one `visit` for each page, side by side -> follow -> one `visitFollowed` for each page that they name -> compare -> one
 * `lookAgain` for each page that says other prices or plans than the baseline -> done. Each finished visit is written to the checkpoint on
 * its own, so a pod that dies loses the pages under way and no other.
 */
export function buildScrapeGraph(deps: StepDeps) {
  const { EVIDENCE_FROM: reused } = deps.settings;
  const userAgent = makeUserAgent(deps.settings.SCRAPE_CONTACT);
  const leave = new AbortController();
  const shared = {
    clock: deps.clock,
    signal: AbortSignal.any([deps.signal, leave.signal]),
  };
  const gate = createHostGate({
    total: deps.settings.SCRAPE_CONCURRENCY,
    ...shared,
  });
  const robots = robotsFor(deps, { ...shared, userAgent });
  const parts = { userAgent, gate, robots };
  const visitor = createPageVisitor(deps, parts, leave);
  const second = createPageVisitor(ofSecondLook(deps), parts, leave);
  const visitOne = async (target: Target) => {
    const outcome = await visitor.handle(target);
    return { outcomes: { [outcome.urlSha256]: outcome } };
  };
  return new StateGraph(ScrapeState)
    .addNode('plan', () => {
      if (targetsOf(deps).length === 0) {
        throw new PermanentError(
          'There is no URL to visit: TARGET_URLS is empty.',
        );
      }
      // It starts while the first robots.txt is read; a visit that finds none says why.
      if (!reused) void deps.browser.get().catch(() => undefined);
      return { startedAt: deps.clock.now().toISOString() };
    })
    .addNode('reuse', () => (reused ? reusePages(reused, deps) : {}))
    .addNode('visit', visitOne)
    .addNode('follow', async () => ({ followed: await pagesToFollow(deps) }))
    .addNode('visitFollowed', visitOne)
    .addNode('compare', async ({ followed }) => ({
      again: await pagesForSecondLook(
        [...targetsOf(deps).map(url => ({ url })), ...followed],
        deps,
      ),
    }))
    .addNode('lookAgain', async (target: Target) => {
      const outcome = await lookAgain(target, second, deps);
      return { secondOutcomes: { [outcome.urlSha256]: outcome } };
    })
    .addNode('done', () => ({}))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      () =>
        reused
          ? 'reuse'
          : targetsOf(deps).map(url => new Send('visit', { url })),
      ['visit', 'reuse'],
    )
    .addEdge('reuse', 'done')
    .addEdge('visit', 'follow')
    .addConditionalEdges(
      'follow',
      ({ followed }) =>
        followed.length > 0
          ? followed.map(each => new Send('visitFollowed', each))
          : 'compare',
      ['visitFollowed', 'compare'],
    )
    .addEdge('visitFollowed', 'compare')
    .addConditionalEdges(
      'compare',
      ({ again }) =>
        again.length > 0
          ? again.map(each => new Send('lookAgain', each))
          : 'done',
      ['lookAgain', 'done'],
    )
    .addEdge('lookAgain', 'done')
    .addEdge('done', END);
}
