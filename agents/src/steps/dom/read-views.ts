import type { Fact, PageRecord } from '@agentworkloads/api';
import { explainFacts, type PageBundle } from '@agentworkloads/facts';
import { mergeViews, type ViewFacts } from '../../content/view-facts';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { unnamedIn } from './left-out';
import { readBundle, savedViews, type SavedFiles } from './page-facts';

interface Reading {
  facts: Fact[];
  /** Prices that stand under no plan's name and are left out. */
  unnamed: number;
  failed: boolean;
}

type Deps = SavedFiles & Pick<StepDeps, 'signal' | 'clock' | 'logger'>;

/** All views of a page, one after the other: a bundle may hold some 10 MB. */
export async function readViews(
  page: PageRecord,
  deps: Deps,
): Promise<Reading & { textLength: number }> {
  const read: ViewFacts[] = [];
  let failed = false;
  let unnamed = 0;
  let textLength: number | undefined;
  for (const view of savedViews(page)) {
    deps.signal.throwIfAborted();
    const bundle = await readBundle(page, view, deps);
    textLength ??= bundle.text.length;
    const reading = readFacts(bundle, deps);
    read.push({ view, facts: reading.facts });
    failed ||= reading.failed;
    // Each view shows the same page: what one more of them leaves out is mostly the same.
    unnamed = Math.max(unnamed, reading.unnamed);
  }
  return {
    facts: page.views ? mergeViews(read) : [...read[0].facts],
    failed,
    unnamed,
    textLength: textLength ?? 0,
  };
}

/** A page that our own rules stumble over must not take the others' facts away. */
function readFacts(bundle: PageBundle, deps: Deps): Reading {
  const started = deps.clock.elapsed();
  try {
    const explained = explainFacts(bundle);
    const { facts } = explained;
    deps.logger.info(
      {
        url: bundle.page.url,
        facts: facts.length,
        ms: Math.round(deps.clock.elapsed() - started),
      },
      'page read',
    );
    return { facts, failed: false, unnamed: unnamedIn(explained) };
  } catch (error) {
    deps.logger.error(
      { url: bundle.page.url, cause: describeError(error) },
      'the facts of a page could not be read',
    );
    return { facts: [], failed: true, unnamed: 0 };
  }
}
