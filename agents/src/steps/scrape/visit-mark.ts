import { pageKey, PAGE_FILES } from '@agentworkloads/api';
import type { StepDeps } from '../../runtime/step';
import { sha256 } from './sha256';

type Deps = Pick<StepDeps, 'store' | 'job'>;

const keyOf = (url: string, { job }: Deps): string =>
  pageKey(job, sha256(url), PAGE_FILES.visit);

async function put(url: string, state: string, deps: Deps): Promise<void> {
  await deps.store.put(keyOf(url, deps), JSON.stringify({ state }), {
    contentType: 'application/json',
  });
}

/** Written before a visit: whoever comes after a pod that died in it knows which page it was. */
export const markVisit = (url: string, deps: Deps): Promise<void> =>
  put(url, 'visiting', deps);

/** How long an attempt that ends stays to take its mark back where object storage is away. */
const STAY_MS = 60_000;
const AGAIN_MS = 3_000;

/**
 * Taken back where the visit was ended for other reasons than the page's, and another attempt is welcome. Storage is often just that
 * reason: the next attempt would take the mark for a death and leave an innocent page out, so this one stays a while.
 */
export async function unmarkVisit(
  url: string,
  deps: Deps & Pick<StepDeps, 'clock' | 'signal'>,
): Promise<void> {
  const from = deps.clock.elapsed();
  for (;;) {
    try {
      return await put(url, 'left', deps);
    } catch (error) {
      const stayed = deps.clock.elapsed() - from;
      if (deps.signal.aborted || stayed >= STAY_MS) throw error;
      await deps.clock.sleep(AGAIN_MS, deps.signal);
    }
  }
}

/** Did an attempt of this step die while it visited the page? */
export async function diedInVisit(url: string, deps: Deps): Promise<boolean> {
  const body = await deps.store.get(keyOf(url, deps));
  return body?.toString('utf8') === JSON.stringify({ state: 'visiting' });
}
