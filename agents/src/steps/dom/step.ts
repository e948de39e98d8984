import {
  artifactFiles,
  manifestSchema,
  type FactsFile,
  type PageRecord,
} from '@agentworkloads/api';
import type { ObservedPage } from '../../compare/compare-runs';
import { summarize } from '../../report/summary';
import type { Step, StepDeps } from '../../runtime/step';
import { compareWithBaseline } from './compare-baseline';
import { buildDomGraph } from './dom-graph';
import type { DomStateType } from './dom-state';
import { readPageFacts } from './page-facts';

/** Pages with their facts, in the order of the manifest, so that the same pages give the same file. */
async function collectPages(
  results: DomStateType['pages'],
  records: readonly PageRecord[],
  deps: StepDeps,
): Promise<ObservedPage[]> {
  const pages: ObservedPage[] = [];
  for (const record of records) {
    const result = results[record.urlSha256];
    pages.push({
      record,
      facts: result ? await readPageFacts(result, deps) : [],
      textLength: result?.textLength,
      ...(result?.failed && {
        unusable: {
          reason: 'DOUBTFUL_NOW',
          detail: 'What the page says could not be read in full.',
        },
      }),
    });
  }
  return pages;
}

/**
 * Reads facts from the saved pages and holds them against the baseline; writes `facts.json`, `changes.json`, and `summary.json` for
 * the gate.
 */
export const domStep: Step<DomStateType> = {
  name: 'dom',
  input: {},
  artifacts: artifactFiles('dom'),
  buildGraph: buildDomGraph,
  async writeOutputs(state, deps) {
    const manifest = await deps.work.readInput('manifest', manifestSchema);
    const pages = await collectPages(state.pages, manifest.pages, deps);
    const again = await collectPages(
      state.second,
      manifest.pages.flatMap(({ secondLook }) => secondLook ?? []),
      deps,
    );
    const facts = pages.flatMap(page => page.facts);
    const { file: changes, history } = await compareWithBaseline(
      state,
      manifest,
      { first: pages, again },
      deps,
    );
    const file: FactsFile = {
      schemaVersion: 1,
      workflowUid: deps.job.workflowUid,
      facts,
      history,
      leftOut: manifest.pages.flatMap(({ url, urlSha256 }) => {
        const unnamed = state.pages[urlSha256]?.unnamed ?? 0;
        return unnamed > 0 ? [{ url, unnamed }] : [];
      }),
    };
    const failed = Object.values(state.pages).some(page => page.failed);
    await deps.work.writeOutput('facts.json', file);
    await deps.work.writeOutput('changes.json', changes);
    await deps.work.writeOutput(
      'summary.json',
      // On one line: Argo takes the file as the value of a parameter.
      JSON.stringify(summarize(manifest.pages, facts, changes, failed)),
    );
    deps.logger.info(
      {
        facts: facts.length,
        changes: changes.changes.length,
        notCompared: changes.notCompared.length,
        reason: changes.comparedWith.reason,
        degraded: failed,
      },
      'facts written',
    );
  },
};
