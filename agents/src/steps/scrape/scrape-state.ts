import { Annotation } from '@langchain/langgraph';
import type { PageOutcome, Target } from './bundle';
import type { Followed } from './follow';

/** Hashes, flags and addresses only: the pages themselves are in object storage. */
export const ScrapeState = Annotation.Root({
  startedAt: Annotation<string>,
  /** Pages beyond the targets that are visited as well. */
  followed: Annotation<Followed[]>({
    reducer: (_known, found) => found,
    default: () => [],
  }),
  /** Pages that are visited once more. */
  again: Annotation<Target[]>({
    reducer: (_known, found) => found,
    default: () => [],
  }),
  outcomes: Annotation<
    Record<string, PageOutcome>,
    Record<string, PageOutcome>
  >({
    reducer: (known, added) => ({ ...known, ...added }),
    default: () => ({}),
  }),
  /** Of the visits once more. */
  secondOutcomes: Annotation<
    Record<string, PageOutcome>,
    Record<string, PageOutcome>
  >({
    reducer: (known, added) => ({ ...known, ...added }),
    default: () => ({}),
  }),
});
export type ScrapeStateType = typeof ScrapeState.State;
