import {
  isSameSite,
  LIMITS,
  targetUrlSchema,
  type PageRecord,
} from '@agentworkloads/api';
import { pageAddress } from '../../content/pricing-link';
import type { StepDeps } from '../../runtime/step';
import { readViews } from '../dom/read-views';
import { storedRecord, type Target } from './bundle';

/** A page beyond the targets, and the page that names it. */
export type Followed = Required<Target>;

/** A target as it was seen. */
export interface SeenTarget {
  page: Pick<PageRecord, 'url' | 'finalUrl' | 'reason' | 'pricingLink'>;
  /** It shows a price, in whatever view. */
  priced: boolean;
}

/** Targets without repetition, in the order of the spec. */
export const targetsOf = (deps: Pick<StepDeps, 'job'>): string[] => [
  ...new Set(deps.job.targetUrls),
];

/**
 * The pricing pages to visit as well: those that a page without a price names, of its own site, unless the run sees them anyway. One a
 * site, both of the pages that name one and of those named, the first target's: policy `start` counted one for each host of a target. No
 * more than a spec may name in all.
 * @param seen all targets, in the order of the spec
 */
export function followable(
  seen: readonly SeenTarget[],
  most: number = LIMITS.targetUrls,
): Followed[] {
  const known = new Set(
    seen
      .flatMap(({ page }) => [page.url, page.finalUrl ?? page.url])
      .map(pageAddress),
  );
  const followed: Followed[] = [];
  for (const { page, priced } of seen) {
    const { pricingLink: url, url: from } = page;
    if (
      page.reason ||
      priced ||
      !url ||
      !targetUrlSchema.safeParse(url).success
    )
      continue;
    const again = followed.some(
      other =>
        isSameSite(new URL(other.url).host, new URL(url).host) ||
        isSameSite(new URL(other.from).host, new URL(from).host),
    );
    const room = seen.length + followed.length < most;
    if (!again && room && !known.has(pageAddress(url)))
      followed.push({ url, from });
  }
  return followed;
}

/**
 * Reads of each target that names a pricing page whether it shows a price itself, from its saved bundle.
 * @throws RetryableError where a bundle is gone
 */
export async function pagesToFollow(deps: StepDeps): Promise<Followed[]> {
  if (deps.job.follow !== 'pricing') return [];
  const seen: SeenTarget[] = [];
  for (const url of targetsOf(deps)) {
    const page = (await storedRecord(url, deps))?.record;
    if (!page) continue;
    const asks = !page.reason && page.pricingLink !== undefined;
    const { facts, failed } = asks
      ? await readViews(page, deps)
      : { facts: [], failed: false };
    // Of a page that our rules stumble over nobody knows whether it shows one.
    const priced = failed || facts.some(({ kind }) => kind === 'price');
    seen.push({ page, priced });
  }
  const followed = followable(seen);
  for (const { url } of followed)
    deps.logger.info({ host: new URL(url).host }, 'a pricing page is followed');
  return followed;
}
