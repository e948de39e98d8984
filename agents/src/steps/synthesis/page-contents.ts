import {
  pageContentSchema,
  type Manifest,
  type PageContent,
} from '@agentworkloads/api';
import type { StepDeps } from '../../runtime/step';
import { readProven } from '../dom/page-facts';

/**
 * The main content of the pages that have one, by URL.
 * @throws PermanentError where a file is not the one of the manifest, RetryableError where it is not there
 */
export async function readPageContents(
  manifest: Manifest,
  deps: Pick<StepDeps, 'store' | 'job' | 'signal'>,
): Promise<Map<string, PageContent>> {
  const contents = new Map<string, PageContent>();
  for (const { url, contentKey, contentSha256 } of manifest.pages) {
    if (!contentKey) continue;
    deps.signal.throwIfAborted();
    const body = await readProven(deps, contentKey, contentSha256, url);
    contents.set(url, pageContentSchema.parse(JSON.parse(body)));
  }
  return contents;
}
