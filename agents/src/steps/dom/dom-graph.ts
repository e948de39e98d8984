import { END, Send, START, StateGraph } from '@langchain/langgraph';
import { manifestSchema, type PageRecord } from '@agentworkloads/api';
import type { StepDeps } from '../../runtime/step';
import type { NoBaseline } from './baseline';
import { otherLook, pagesToRead, readBefore } from './before-pages';
import { DomState, type DomStateType, type PageResult } from './dom-state';
import { readEarlier, type Earlier } from './earlier';
import { BEFORE_SECOND_FILE, savePageFacts, SECOND_FILE } from './page-facts';
import { readViews } from './read-views';

/** A bundle may hold some 10 MB, and the work is one thread's: more side by side would cost memory and win nothing. */
const PAGES_AT_ONCE = 2;

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

/** What both runs saw, read once. Without a baseline that can be compared with, there are no pages of before. */
function createPages(deps: StepDeps) {
  const { BASELINE: baseline } = deps.settings;
  const manifest = once(() => deps.work.readInput('manifest', manifestSchema));
  const earlier = once(
    async (): Promise<Earlier | NoBaseline | undefined> =>
      baseline && readEarlier(baseline, deps),
  );
  return {
    earlier,
    own: once(async () =>
      (await manifest()).pages.filter(page => !page.reason),
    ),
    before: once(async () => {
      const found = await earlier();
      return !found || 'reason' in found
        ? []
        : pagesToRead(found.manifest, await manifest());
    }),
  };
}

/** Reads all views of a page and keeps the facts, so that the state holds but their place. */
async function readPage(
  page: PageRecord,
  deps: StepDeps,
  file?: string,
): Promise<PageResult> {
  const { facts, failed, textLength, unnamed } = await readViews(page, deps);
  const stored = await savePageFacts(page, facts, deps, file);
  return { ...stored, facts: facts.length, failed, textLength, unnamed };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/**
 * plan -> one `extract` for each observed page, and one `extract-before` for each page of the baseline that it is held against -> done.
 * Works from the saved bundles alone.
 */
export function buildDomGraph(deps: StepDeps) {
  const limit = createLimit(PAGES_AT_ONCE);
  const { own, before, earlier } = createPages(deps);
  const readOne =
    (
      load: () => Promise<PageRecord[]>,
      read: (page: PageRecord) => Promise<Partial<DomStateType>>,
    ) =>
    ({ urlSha256 }: { urlSha256: string }) =>
      limit(async (): Promise<Partial<DomStateType>> => {
        deps.signal.throwIfAborted();
        const page = (await load()).find(each => each.urlSha256 === urlSha256);
        return page ? read(page) : {};
      });
  return new StateGraph(DomState)
    .addNode('plan', async (): Promise<Partial<DomStateType>> => {
      const found = await earlier();
      return {
        startedAt: deps.clock.now().toISOString(),
        ...(found && 'reason' in found && { noBaseline: found }),
      };
    })
    .addNode(
      'extract',
      readOne(own, async page => {
        const { secondLook } = page;
        const id = page.urlSha256;
        return {
          pages: { [id]: await readPage(page, deps) },
          ...(secondLook &&
            !secondLook.reason && {
              second: { [id]: await readPage(secondLook, deps, SECOND_FILE) },
            }),
        };
      }),
    )
    .addNode(
      'extract-before',
      readOne(before, async page => {
        const id = page.urlSha256;
        const again = otherLook(page);
        return {
          before: { [id]: await readBefore(page, deps) },
          ...(again && {
            beforeSecond: {
              [id]: await readBefore(again, deps, BEFORE_SECOND_FILE),
            },
          }),
        };
      }),
    )
    .addNode('done', () => ({}))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      async () => {
        const send = (node: string) => (page: PageRecord) =>
          new Send(node, { urlSha256: page.urlSha256 });
        const sends = [
          ...(await own()).map(send('extract')),
          ...(await before()).map(send('extract-before')),
        ];
        return sends.length > 0 ? sends : 'done';
      },
      ['extract', 'extract-before', 'done'],
    )
    .addEdge('extract', 'done')
    .addEdge('extract-before', 'done')
    .addEdge('done', END);
}
