import { Annotation } from '@langchain/langgraph';

/** What the state keeps of a page: where its facts are, and whether reading it went wrong. */
export interface PageResult {
  key: string;
  sha256: string;
  facts: number;
  /** Reading this page failed; it has no facts and the run is degraded. */
  failed: boolean;
}

export const DomState = Annotation.Root({
  startedAt: Annotation<string>,
  /** By sha256 of the page's URL. */
  pages: Annotation<Record<string, PageResult>, Record<string, PageResult>>({
    reducer: (known, added) => ({ ...known, ...added }),
    default: () => ({}),
  }),
});
export type DomStateType = typeof DomState.State;
