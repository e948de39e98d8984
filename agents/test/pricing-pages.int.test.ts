import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../src/clients/chromium-path';
import { extractFacts, type PageBundle } from '@agentworkloads/facts';
import type { Collected } from '../src/page-script/collect';
import {
  PRICING_PAGES,
  toDocument,
  type PricingPage,
  findMistakes,
  RECORDED_NAMES,
  RECORDED_FILE,
} from '@agentworkloads/facts/testing';
import { collectScript } from '../src/page-script/expressions';

/** `RECORD_PAGES=1` writes what the collector saw of some pages, for the tests that have no browser. */
const record = process.env.RECORD_PAGES === '1';

let browser: Browser;
let tab: Page;
const seen: Record<string, PageBundle> = {};

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await findChromium(process.env.CHROMIUM_PATH),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
});

afterAll(async () => {
  await browser?.close();
  if (!record) return;
  const lines = RECORDED_NAMES.map(name => JSON.stringify([name, seen[name]]));
  await writeFile(RECORDED_FILE, `[\n${lines.join(',\n')}\n]\n`);
});

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

async function look(page: PricingPage): Promise<PageBundle> {
  await tab.setContent(toDocument(page));
  const { text, html, lang, title, layout } = (await tab.evaluate(
    collectScript({ maxText: 1e6, maxRuns: 2e4, maxElements: 6e4 }),
  )) as Collected;
  const url = page.url ?? 'https://pricing.example/';
  return {
    page: {
      url,
      urlSha256: sha256(url),
      finalUrl: url,
      status: 200,
      redirects: [],
      title,
      lang,
      textSha256: sha256(text),
      htmlSha256: sha256(html),
      blocked: [],
      shots: [],
    },
    text,
    html,
    layout,
  };
}

describe('plans and prices of pages in a real browser', () => {
  it.each(PRICING_PAGES.map(page => [page.name, page] as const))(
    '%s',
    async (name, page) => {
      const bundle = await look(page);
      seen[name] = bundle;
      expect(findMistakes(page, extractFacts(bundle))).toEqual([]);
    },
  );
});
