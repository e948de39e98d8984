import { manifestSchema, type Fact, type FactsFile } from '@agentworkloads/api';
import { summarize } from '../../domain/run/summary';
import type { Step, StepDeps } from '../../runtime/step';
import { buildDomGraph } from './dom-graph';
import type { DomStateType } from './dom-state';
import { readPageFacts } from './page-facts';

/** Facts in the order of the manifest's pages, so that the same pages give the same file. */
async function collectFacts(
  state: DomStateType,
  urlHashes: readonly string[],
  deps: StepDeps,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const urlSha256 of urlHashes) {
    const result = state.pages[urlSha256];
    if (result) facts.push(...(await readPageFacts(result, deps)));
  }
  return facts;
}

/** Reads facts from the saved pages; writes `facts.json`, and `summary.json` for the gate. */
export const domStep: Step<DomStateType> = {
  name: 'dom',
  input: {},
  artifacts: { facts: 'facts.json' },
  buildGraph: buildDomGraph,
  async writeOutputs(state, deps) {
    const manifest = await deps.work.readInput('manifest', manifestSchema);
    const facts = await collectFacts(
      state,
      manifest.pages.map(page => page.urlSha256),
      deps,
    );
    const file: FactsFile = {
      schemaVersion: 1,
      workflowUid: deps.job.workflowUid,
      facts,
    };
    const failed = Object.values(state.pages).some(page => page.failed);
    await deps.work.writeOutput('facts.json', file);
    await deps.work.writeOutput(
      'summary.json',
      // On one line: Argo takes the file as the value of a parameter.
      JSON.stringify(summarize(manifest.pages, facts, undefined, failed)),
    );
    deps.logger.info(
      { facts: facts.length, degraded: failed },
      'facts written',
    );
  },
};
