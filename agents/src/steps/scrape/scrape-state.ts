import { Annotation } from '@langchain/langgraph';
import type { PageOutcome } from './bundle';

/** Hashes and flags only: the pages themselves are in object storage. */
export const ScrapeState = Annotation.Root({
  startedAt: Annotation<string>,
  outcomes: Annotation<
    Record<string, PageOutcome>,
    Record<string, PageOutcome>
  >({
    reducer: (known, added) => ({ ...known, ...added }),
    default: () => ({}),
  }),
});
export type ScrapeStateType = typeof ScrapeState.State;
