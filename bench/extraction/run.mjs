// How many prices of saved pages are read. Usage:
//   node bench/extraction/run.mjs FOLDER [--types service,product] [--list]
// FOLDER holds html/NNNN.html.gz and ground-truth/NNNN.json with `url` and a page type, as the WCXB benchmark does. A page's own
// JSON-LD is the answer key: it is hidden from the extraction, and counts where its price stands in the visible text. Pages are
// rendered without network, so most have no style sheet: a real visit does better.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LIMITS = { maxText: 2e6, maxRuns: 5e4, maxElements: 2e5 };

/** The code under measurement as one module; a bench has no import of a package's inside. */
async function loadAgents() {
  const out = path.join(
    ROOT,
    'node_modules/.cache/bench-extraction/agents.mjs',
  );
  await mkdir(path.dirname(out), { recursive: true });
  const modules = [
    'agents/src/clients/chromium-path',
    'agents/src/page-script/expressions',
    'facts/src/extract-facts',
    'facts/src/claims/structured-prices',
  ];
  await build({
    stdin: {
      contents: modules.map(name => `export * from './${name}';`).join('\n'),
      resolveDir: ROOT,
    },
    bundle: true,
    packages: 'external',
    alias: {
      '@agentworkloads/api': path.join(ROOT, 'api/src/index.ts'),
      '@agentworkloads/facts': path.join(ROOT, 'facts/src/index.ts'),
    },
    platform: 'node',
    format: 'esm',
    outfile: out,
    logLevel: 'error',
  });
  return import(pathToFileURL(out).href);
}

function pagesOf(folder, types) {
  return readdirSync(path.join(folder, 'ground-truth'))
    .sort()
    .map(file => {
      const truth = JSON.parse(
        readFileSync(path.join(folder, 'ground-truth', file), 'utf8'),
      );
      return {
        id: path.basename(file, '.json'),
        url: truth.url,
        type: truth._internal?.page_type?.primary ?? 'unknown',
      };
    })
    .filter(page => types.includes(page.type));
}

async function render(browser, agents, page, html) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  try {
    await context.route('**/*', route =>
      route.request().isNavigationRequest() &&
      route.request().frame().parentFrame() === null
        ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
        : route.abort(),
    );
    const tab = await context.newPage();
    await tab.goto(page.url, {
      waitUntil: 'domcontentloaded',
      timeout: 15_000,
    });
    await tab.waitForTimeout(200);
    const seen = await tab.evaluate(agents.collectScript(LIMITS));
    const record = {
      url: page.url,
      urlSha256: '',
      lang: seen.lang,
      textSha256: '',
      htmlSha256: '',
      redirects: [],
      blocked: [],
      shots: [],
    };
    return {
      page: record,
      text: seen.text,
      html: seen.html,
      layout: seen.layout,
    };
  } finally {
    await context.close();
  }
}

/** Whether the amount is written in the text, in any of the usual ways. */
function isVisible(value, text) {
  const forms = [
    value.toFixed(2),
    String(value),
    value.toLocaleString('en-US'),
    value.toLocaleString('en-US', { minimumFractionDigits: 2 }),
    value.toFixed(2).replace('.', ','),
  ];
  const pattern = forms.map(form => form.replace(/\./g, '\\.')).join('|');
  return new RegExp(`(?<![\\d.,])(?:${pattern})(?!\\d)`).test(text);
}

const sharesWords = (a, b) => {
  const words = new Set(a.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  return (b.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).some(word =>
    words.has(word),
  );
};

async function main([folder, ...flags]) {
  if (!folder)
    throw new Error(
      'Usage: node bench/extraction/run.mjs FOLDER [--types service,product] [--list]',
    );
  const typesAt = flags.indexOf('--types');
  const types = (typesAt < 0 ? 'service,product' : flags[typesAt + 1]).split(
    ',',
  );
  const agents = await loadAgents();
  const browser = await chromium.launch({
    executablePath: await agents.findChromium(process.env.CHROMIUM_PATH),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const count = {
    pages: 0,
    failed: 0,
    priced: 0,
    prices: 0,
    unproven: 0,
    keyed: 0,
    found: 0,
    named: 0,
  };
  const times = [];
  for (const page of pagesOf(folder, types)) {
    const html = gunzipSync(
      readFileSync(path.join(folder, 'html', `${page.id}.html.gz`)),
    ).toString('utf8');
    const bundle = await render(browser, agents, page, html).catch(
      () => undefined,
    );
    count.pages += 1;
    if (!bundle) {
      count.failed += 1;
      continue;
    }
    const [key] = agents.claimStructuredPrices(bundle);
    const started = performance.now();
    const facts = agents.extractFacts({
      ...bundle,
      layout: { ...bundle.layout, jsonLd: [] },
    });
    times.push(performance.now() - started);
    const prices = facts.filter(fact => fact.kind === 'price');
    count.prices += prices.length;
    count.priced += prices.length > 0 ? 1 : 0;
    count.unproven += facts.filter(
      fact => bundle.text.slice(fact.start, fact.end) !== fact.quote,
    ).length;
    if (flags.includes('--list'))
      for (const fact of prices.slice(0, 20))
        console.log(
          page.id,
          '|',
          fact.subject,
          '|',
          fact.value,
          JSON.stringify(fact.unit ?? {}),
        );
    if (!key || key.value === 0 || !isVisible(key.value, bundle.text)) continue;
    count.keyed += 1;
    const hits = prices.filter(fact => fact.value === key.value);
    count.found += hits.length > 0 ? 1 : 0;
    if (flags.includes('--list') && hits.length === 0)
      console.log(page.id, 'misses', key.value, key.subject);
    count.named += hits.some(fact => sharesWords(fact.subject, key.subject))
      ? 1
      : 0;
  }
  await browser.close();
  times.sort((a, b) => a - b);
  const ms = share => Math.round(times[Math.floor(times.length * share)] ?? 0);
  console.log({
    ...count,
    recall: count.found / count.keyed,
    namedRecall: count.named / count.keyed,
    p50ms: ms(0.5),
    p95ms: ms(0.95),
  });
}

await main(process.argv.slice(2));
