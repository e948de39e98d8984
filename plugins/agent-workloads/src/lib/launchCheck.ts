import { readTargets } from '@agentworkloads/api';
import type {
  CreateRunRequest,
  PageCheck,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { NewScrapeValues } from './newScrapeValues';

/** What the backend takes at once. */
const PAGES_AT_ONCE = 20;
/** What it asks at the same time, so that each answer brings a few sites. */
const SITES_AT_ONCE = 3;

/** Without what a form left empty, which the template's action leaves out as well. */
function filled<T extends object>(fields: T): Partial<T> {
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || value === '';
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => !isEmpty(value)),
  ) as Partial<T>;
}

/** The run that would be asked for, were the form sent as it is. */
export function requestOf(form: NewScrapeValues): CreateRunRequest {
  const { gateMode, fourEyes, approvals, timeouts } = form;
  return {
    spec: {
      objective: form.objective ?? '',
      targetUrls: pagesOf(form),
      ...filled({ follow: form.follow, entityRef: form.entityRef }),
      gate: filled({ mode: gateMode, fourEyes, approvals }),
      timeouts: filled(timeouts ?? {}),
    },
  };
}

/** Each once, read as the action reads them. */
export function pagesOf({ targetUrls = [] }: NewScrapeValues): string[] {
  return [...new Set(readTargets(targetUrls.join('\n')).lines)];
}

/** The site of a page; of what is no address, the text itself. */
const siteOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).origin : url;

/** Pages that are asked about together: those of a site in one, few sites in each, in the order of the form. */
export function batchesOf(urls: readonly string[]): string[][] {
  const sites = new Map<string, string[]>();
  urls.forEach(url =>
    sites.set(siteOf(url), [...(sites.get(siteOf(url)) ?? []), url]),
  );
  const batches: { urls: string[]; sites: number }[] = [];
  for (const pages of sites.values()) {
    for (let at = 0; at < pages.length; at += PAGES_AT_ONCE) {
      const part = pages.slice(at, at + PAGES_AT_ONCE);
      const last = batches.at(-1);
      if (
        last &&
        last.sites < SITES_AT_ONCE &&
        last.urls.length + part.length <= PAGES_AT_ONCE
      ) {
        last.urls.push(...part);
        last.sites += 1;
      } else {
        batches.push({ urls: part, sites: 1 });
      }
    }
  }
  return batches.map(batch => batch.urls);
}

/** Why none of these was asked, where that holds for all that would follow as well. */
export function whyNoneIsChecked(
  items: readonly PageCheck[],
): PageCheck['why'] | undefined {
  const [first] = items;
  const isSame = items.every(
    ({ outcome, why }) => outcome === 'notChecked' && why === first.why,
  );
  return first && isSame ? first.why : undefined;
}

/** Pages by what somebody would do about them. */
export interface SortedPages {
  /** Their robots.txt lets them be visited. */
  free: PageCheck[];
  /** Would not be visited, as things are. */
  stopped: PageCheck[];
  /** Nothing is known of them. */
  unknown: PageCheck[];
}

export function sortedPages(pages: readonly PageCheck[]): SortedPages {
  const kindOf = ({ outcome }: PageCheck): keyof SortedPages => {
    if (outcome === 'notChecked') return 'unknown';
    return outcome === 'allowed' || outcome === 'noRules' ? 'free' : 'stopped';
  };
  const of = (kind: keyof SortedPages) =>
    pages.filter(page => kindOf(page) === kind);
  return { free: of('free'), stopped: of('stopped'), unknown: of('unknown') };
}
