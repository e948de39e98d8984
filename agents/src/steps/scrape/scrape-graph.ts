import { END, Send, START, StateGraph } from '@langchain/langgraph';
import { PermanentError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import type { Target } from './bundle';
import { pagesToFollow, targetsOf } from './follow';
import { createHostGate } from './host-gate';
import { createRobots } from './robots';
import { ScrapeState } from './scrape-state';
import { userAgent as makeUserAgent } from './user-agent';
import { createPageVisitor } from './visit-page';

/**
 * plan -> one `visit` for each page, side by side -> follow -> one `visitFollowed` for each page that they name -> done. Each finished visit is written to the checkpoint on
 * its own, so a pod that dies loses the pages under way and no other.
 */
export function buildScrapeGraph(deps: StepDeps) {
  const userAgent = makeUserAgent(deps.settings.SCRAPE_CONTACT);
  const leave = new AbortController();
  const shared = {
    clock: deps.clock,
    signal: AbortSignal.any([deps.signal, leave.signal]),
  };
  if (deps.settings.ROBOTS === 'ignore') {
    deps.logger.warn('robots.txt is ignored, because ROBOTS=ignore was set');
  }
  const gate = createHostGate({
    total: deps.settings.SCRAPE_CONCURRENCY,
    ...shared,
  });
  const robots =
    deps.settings.ROBOTS === 'ignore'
      ? undefined
      : createRobots({
          ...shared,
          userAgent,
          crawlDelayCapMs: deps.settings.CRAWL_DELAY_CAP_MS,
          retryAfterCapMs: deps.settings.RETRY_AFTER_CAP_MS,
        });
  const visitor = createPageVisitor(deps, { userAgent, gate, robots }, leave);
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
      void deps.browser.get().catch(() => undefined);
      return { startedAt: deps.clock.now().toISOString() };
    })
    .addNode('visit', visitOne)
    .addNode('follow', async () => ({ followed: await pagesToFollow(deps) }))
    .addNode('visitFollowed', visitOne)
    .addNode('done', () => ({}))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      () => targetsOf(deps).map(url => new Send('visit', { url })),
      ['visit'],
    )
    .addEdge('visit', 'follow')
    .addConditionalEdges(
      'follow',
      ({ followed }) =>
        followed.length > 0
          ? followed.map(each => new Send('visitFollowed', each))
          : 'done',
      ['visitFollowed', 'done'],
    )
    .addEdge('visitFollowed', 'done')
    .addEdge('done', END);
}
