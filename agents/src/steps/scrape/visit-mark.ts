import { pageKey, PAGE_FILES } from '@agentic/api';
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

/** Taken back where the visit was ended for other reasons than the page's, and another attempt is welcome. */
export const unmarkVisit = (url: string, deps: Deps): Promise<void> =>
  put(url, 'left', deps);

/** Did an attempt of this step die while it visited the page? */
export async function diedInVisit(url: string, deps: Deps): Promise<boolean> {
  const body = await deps.store.get(keyOf(url, deps));
  return body?.toString('utf8') === JSON.stringify({ state: 'visiting' });
}
