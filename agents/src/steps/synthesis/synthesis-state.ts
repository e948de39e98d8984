import { Annotation } from '@langchain/langgraph';
import type { ChangeProofs } from './prove-changes';

export const SynthesisState = Annotation.Root({
  /** The time that the report carries: that of the first attempt, so that a retry writes the same bytes. */
  startedAt: Annotation<string>,
  /** Ids of facts that their saved page did not prove. */
  rejected: Annotation<string[]>({
    reducer: (_known, added) => added,
    default: () => [],
  }),
  /** What the saved pages of both runs do not prove of the changes. */
  changeProofs: Annotation<ChangeProofs>({
    reducer: (_known, added) => added,
    default: () => ({ unproven: [], unread: 0 }),
  }),
  /** Where the checked sentences of a model are. */
  prose: Annotation<{ key: string; sha256: string } | undefined>({
    reducer: (known, added) => added ?? known,
    default: () => undefined,
  }),
  /** Why there are no sentences of a model, though there is one. */
  proseMissing: Annotation<string>({
    reducer: (_known, added) => added,
    default: () => '',
  }),
});
export type SynthesisStateType = typeof SynthesisState.State;
