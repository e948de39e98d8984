import { END, START, StateGraph } from '@langchain/langgraph';
import { mainFirst } from '../../content/main-first';
import type { StepDeps } from '../../runtime/step';
import { findUnproven, readInputs } from './inputs';
import { readPageContents } from './page-contents';
import { proveChanges } from './prove-changes';
import { SynthesisState, type SynthesisStateType } from './synthesis-state';
import { writeProse } from './write-prose';

/** validate -> prose. The report itself is written after the graph, from its state. */
export function buildSynthesisGraph(deps: StepDeps) {
  return new StateGraph(SynthesisState)
    .addNode('validate', async (): Promise<Partial<SynthesisStateType>> => {
      const inputs = await readInputs(deps);
      const rejected = await findUnproven(inputs, deps);
      if (rejected.length > 0)
        deps.logger.warn(
          { rejected: rejected.length },
          'facts without proof are left out',
        );
      const changeProofs = await proveChanges(inputs, deps);
      const startedAt = deps.clock.now().toISOString();
      return { startedAt, rejected, changeProofs };
    })
    .addNode('write', async (state): Promise<Partial<SynthesisStateType>> => {
      const { text } = deps.llm;
      if (!text) return {};
      const { facts, manifest } = await readInputs(deps);
      const rejected = new Set(state.rejected);
      const proven = facts.facts.filter(fact => !rejected.has(fact.id));
      if (proven.length === 0) return {};
      const contents = await readPageContents(manifest, deps);
      const result = await writeProse(
        text,
        mainFirst(proven, contents),
        manifest,
        deps,
      );
      if (result.ok)
        return { prose: { key: result.key, sha256: result.sha256 } };
      deps.logger.warn(
        { reason: result.reason },
        'no sentences from the model',
      );
      return { proseMissing: result.reason.slice(0, 200) };
    })
    .addEdge(START, 'validate')
    .addEdge('validate', 'write')
    .addEdge('write', END);
}
