import {
  changesFileSchema,
  factsFileSchema,
  manifestSchema,
  shotsFileSchema,
  viewOf,
  type ChangesFile,
  type Fact,
  type FactsFile,
  type Manifest,
  type ShotsFile,
} from '@agentworkloads/api';
import { isProven } from '@agentworkloads/facts';
import type { StepDeps } from '../../runtime/step';
import { readSources } from '../dom/page-facts';
import { approvedOf } from './approved';

export interface Inputs {
  manifest: Manifest;
  facts: FactsFile;
  shots: ShotsFile;
  /** Absent where the template is one of before. */
  changes?: ChangesFile;
  /** Of what was approved. */
  evidence: string;
}

/**
 * The inputs, proven to be those that were approved.
 * @throws PermanentError when they are not
 */
export async function readInputs(
  deps: Pick<StepDeps, 'work' | 'settings'>,
): Promise<Inputs> {
  const approved = approvedOf(deps);
  const compared = await deps.work.hasInput('changes');
  const [manifest, facts, shots, changes] = await Promise.all([
    deps.work.readInput(
      'manifest',
      manifestSchema,
      approved.digest('manifest'),
    ),
    deps.work.readInput('facts', factsFileSchema, approved.digest('facts')),
    deps.work.readInput('shots', shotsFileSchema, approved.digest('shots')),
    compared
      ? deps.work.readInput(
          'changes',
          changesFileSchema,
          approved.digest('changes'),
        )
      : undefined,
  ]);
  return {
    manifest,
    facts,
    shots,
    ...(changes && { changes }),
    evidence: approved.evidence,
  };
}

function byView(facts: readonly Fact[]): Map<string | undefined, Fact[]> {
  const views = new Map<string | undefined, Fact[]>();
  for (const fact of facts)
    views.set(fact.view, [...(views.get(fact.view) ?? []), fact]);
  return views;
}

/** Ids of the facts that their saved page does not prove; a fact about a page that was not observed is among them. */
export async function findUnproven(
  { manifest, facts }: Inputs,
  deps: StepDeps,
): Promise<string[]> {
  const byUrl = new Map<string, Fact[]>();
  for (const fact of facts.facts)
    byUrl.set(fact.url, [...(byUrl.get(fact.url) ?? []), fact]);
  const unproven: string[] = [];
  for (const [url, ofPage] of byUrl) {
    deps.signal.throwIfAborted();
    const page = manifest.pages.find(each => each.url === url && !each.reason);
    if (!page) {
      unproven.push(...ofPage.map(fact => fact.id));
      continue;
    }
    for (const [id, ofView] of byView(ofPage)) {
      const view = viewOf(page, { view: id });
      const sources = view && (await readSources(page, view, deps));
      for (const fact of ofView)
        if (!sources || !isProven(fact, sources)) unproven.push(fact.id);
    }
  }
  return unproven;
}
