import type { Consent, Fact } from '@agentworkloads/api';
import { chromium } from 'playwright-core';
import { findChromium } from '../../src/clients/chromium-path';
import { bundleOfReading, factsOf, wholePage } from '../../src/commands/bundle';
import type { Job } from '../../src/runtime/step';
import { systemClock } from '../../src/runtime/clock';
import { monitorPage } from '../../src/steps/scrape/page-monitor';
import { holdPage } from '../../src/steps/scrape/hold-page';
import { readMore } from '../../src/steps/scrape/read-more';
import { collectWithin, readPage } from '../../src/steps/scrape/read-page';
import { DESKTOP } from '../../src/steps/scrape/shoot';
import type { RawView } from '../../src/steps/scrape/views';
import { startSite, type Handler } from './site';

export interface ReadPage {
  facts: Fact[];
  views: RawView[];
  notes: readonly string[];
  loadedState: string;
  text: string;
  truncated: boolean;
  consent?: Consent;
  /** `METHOD path` of each request to the page's site. */
  hits: string[];
}

export interface Pages {
  /** Reads a page with all its views, as a visit does; `more` are other paths of its site. */
  read(
    html: string,
    more?: Record<string, string | Handler>,
    hostRules?: Job['hostRules'],
  ): Promise<ReadPage>;
  close(): Promise<void>;
}

/** A browser that reads pages of a site of their own, without storage and proxy. */
export async function openPages(args: string[] = []): Promise<Pages> {
  const browser = await chromium.launch({
    executablePath: await findChromium(process.env.CHROMIUM_PATH),
    chromiumSandbox: false,
    args,
  });
  const settings = {
    PAGE_TIMEOUT_MS: 20_000,
    PAGE_SETTLE_MS: 4000,
    PAGE_MAX_BYTES: 20 << 20,
  };
  return {
    async read(html, more = {}, hostRules) {
      const site = await startSite({ '/': html, ...more });
      const context = await browser.newContext({ viewport: DESKTOP });
      try {
        const page = await context.newPage();
        const cdp = await context.newCDPSession(page);
        const monitor = await monitorPage(page, context, cdp, {
          documentBytes: settings.PAGE_MAX_BYTES,
          pageBytes: settings.PAGE_MAX_BYTES,
          navigations: 10,
        });
        const url = `${site.origin}/`;
        const clock = systemClock;
        const seen = await readPage(url, page, cdp, monitor, {
          clock,
          signal: new AbortController().signal,
          settings,
          egress: {
            get: () => Promise.reject(new Error('there is no proxy')),
            probe: () => Promise.resolve(undefined),
          },
        });
        const found = await readMore(seen, {
          page,
          cdp,
          monitor,
          clock,
          hostRules,
          held: await holdPage(page, undefined, seen.finalUrl),
          collect: collectWithin(settings),
          budgetMs: 12_000,
        });
        const whole = wholePage(bundleOfReading(url, seen, url), found);
        const { text, truncated } = seen.collected;
        return {
          ...found,
          facts: factsOf(whole),
          text,
          truncated,
          consent: seen.consent?.consent,
          hits: site.hits,
        };
      } finally {
        void context.close().catch(() => undefined);
        await site.close();
      }
    },
    close: () => browser.close(),
  };
}
