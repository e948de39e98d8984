import type { Fact, PageRecord } from '@agentworkloads/api';
import { extractFacts } from '../../facts/extract-facts';
import type { PageBundle } from '../../facts/page/page-bundle';
import { mergeViews, type ViewFacts } from '../../domain/views/view-facts';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { readBundle, savedViews } from './page-facts';

interface Reading {
  facts: Fact[];
  failed: boolean;
}

/** All views of a page, one after the other: a bundle may hold some 10 MB. */
export async function readViews(
  page: PageRecord,
  deps: StepDeps,
): Promise<Reading> {
  const read: ViewFacts[] = [];
  let failed = false;
  for (const view of savedViews(page)) {
    deps.signal.throwIfAborted();
    const reading = readFacts(await readBundle(page, view, deps), deps);
    read.push({ view, facts: reading.facts });
    failed ||= reading.failed;
  }
  return { facts: page.views ? mergeViews(read) : [...read[0].facts], failed };
}

/** A page that our own rules stumble over must not take the others' facts away. */
function readFacts(bundle: PageBundle, deps: StepDeps): Reading {
  const started = deps.clock.elapsed();
  try {
    const facts = extractFacts(bundle);
    deps.logger.info(
      {
        url: bundle.page.url,
        facts: facts.length,
        ms: Math.round(deps.clock.elapsed() - started),
      },
      'page read',
    );
    return { facts, failed: false };
  } catch (error) {
    deps.logger.error(
      { url: bundle.page.url, cause: describeError(error) },
      'the facts of a page could not be read',
    );
    return { facts: [], failed: true };
  }
}
