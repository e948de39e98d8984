import { Annotation } from '@langchain/langgraph';
import type { NoBaseline } from './baseline';

/** What the state keeps of a page: where its facts are, and whether reading it went wrong. */
export interface PageResult {
  key: string;
  sha256: string;
  facts: number;
  /** Reading this page failed; it has no facts and the run is degraded. */
  failed: boolean;
  /** Prices that stand under no plan's name and are left out; absent in states of before. */
  unnamed?: number;
  /** UTF-16 units of its visible text as loaded; absent in states of before. */
  textLength?: number;
}

/** A page of the earlier run: read again, or no longer as it was saved. */
export type BeforeResult = PageResult | { lost: 'gone' | 'altered' };

const byPage = <T>() =>
  Annotation<Record<string, T>, Record<string, T>>({
    reducer: (known, added) => ({ ...known, ...added }),
    default: () => ({}),
  });

export const DomState = Annotation.Root({
  startedAt: Annotation<string>,
  /** By sha256 of the page's URL. */
  pages: byPage<PageResult>(),
  /** The second look at a page, by sha256 of its URL. */
  second: byPage<PageResult>(),
  /** Pages of the baseline, by sha256 of their URL. */
  before: byPage<BeforeResult>(),
  /** The second look that the baseline's run had at a page, where it saw other files; by sha256 of its URL. */
  beforeSecond: byPage<BeforeResult>(),
  /** Why the baseline can't be compared with. */
  noBaseline: Annotation<NoBaseline | undefined>,
});
export type DomStateType = typeof DomState.State;
