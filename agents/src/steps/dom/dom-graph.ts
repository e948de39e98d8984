import { END, Send, START, StateGraph } from '@langchain/langgraph';
import { manifestSchema, type PageRecord } from '@agentworkloads/api';
import type { StepDeps } from '../../runtime/step';
import { DomState, type DomStateType } from './dom-state';
import { savePageFacts } from './page-facts';
import { readViews } from './read-views';

/** A bundle may hold some 10 MB, and the work is one thread's: more side by side would cost memory and win nothing. */
const PAGES_AT_ONCE = 2;

export async function observedPages(
  deps: Pick<StepDeps, 'work'>,
): Promise<PageRecord[]> {
  const manifest = await deps.work.readInput('manifest', manifestSchema);
  return manifest.pages.filter(page => !page.reason);
}

function createLimit(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resume => waiting.push(resume));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** plan -> one `extract` for each observed page -> done. Works from the saved bundles alone. */
export function buildDomGraph(deps: StepDeps) {
  const limit = createLimit(PAGES_AT_ONCE);
  let pages: Promise<PageRecord[]> | undefined;
  const load = () => (pages ??= observedPages(deps));
  return new StateGraph(DomState)
    .addNode('plan', () => ({ startedAt: deps.clock.now().toISOString() }))
    .addNode('extract', async ({ urlSha256 }: { urlSha256: string }) =>
      limit(async (): Promise<Partial<DomStateType>> => {
        deps.signal.throwIfAborted();
        const page = (await load()).find(each => each.urlSha256 === urlSha256);
        if (!page) return {};
        const { facts, failed } = await readViews(page, deps);
        const stored = await savePageFacts(page, facts, deps);
        return {
          pages: { [urlSha256]: { ...stored, facts: facts.length, failed } },
        };
      }),
    )
    .addNode('done', () => ({}))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      async () => {
        const targets = await load();
        return targets.length > 0
          ? targets.map(({ urlSha256 }) => new Send('extract', { urlSha256 }))
          : 'done';
      },
      ['extract', 'done'],
    )
    .addEdge('extract', 'done')
    .addEdge('done', END);
}
