import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { addressMistake, LIMITS, readTargets } from '@agentworkloads/api';

/** Says of an entity that it has competitors, and which of their pages to visit: addresses, with commas or blanks between. */
export const COMPETITORS_ANNOTATION = 'agentworkloads.io/competitors';

/**
 * Whether an entity has competitors, and so a report on them, a card and a link for a new one.
 *
 * @public
 */
export function isCompetitorReportAvailable(entity: Entity): boolean {
  return Boolean(entity.metadata.annotations?.[COMPETITORS_ANNOTATION]);
}

/** The pages that the annotation names, as many as a run takes; what is no address of a page is left out. */
export function competitorPages(entity: Entity): string[] {
  const named = entity.metadata.annotations?.[COMPETITORS_ANNOTATION] ?? '';
  const pages = readTargets(named).lines.filter(url => !addressMistake(url));
  return pages.slice(0, LIMITS.targetUrls);
}

/** What the form for a new scrape is filled in with. Where no page is named, its field of pages stays as it is. */
export function scrapeValues(entity: Entity): {
  entityRef: string;
  targetUrls?: string[];
} {
  const targetUrls = competitorPages(entity);
  return {
    entityRef: stringifyEntityRef(entity),
    ...(targetUrls.length > 0 && { targetUrls }),
  };
}
