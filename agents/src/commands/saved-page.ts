import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Route } from 'playwright-core';
import type { EgressClient } from '../clients/egress-client';
import type { PageBundle } from '@agentworkloads/facts';
import { systemClock } from '../runtime/clock';
import { describeError } from '../runtime/errors';
import { NotObservedError, type NotObserved } from '../steps/scrape/outcome';
import { monitorPage } from '../steps/scrape/page-monitor';
import { DESKTOP } from '../steps/scrape/shoot';
import { holdPage } from '../steps/scrape/hold-page';
import { readMore } from '../steps/scrape/read-more';
import {
  collectWithin,
  readPage,
  type ReadingDeps,
} from '../steps/scrape/read-page';
import {
  bundleOfFailure,
  bundleOfReading,
  wholePage,
  type WholePage,
} from './bundle';
import type { CommandEnv } from './command-env';

/** A name that no resolver knows: pages from files stand here, their folder around them. */
const ORIGIN = 'https://saved-page.invalid';
const QUIET_MS = 60;
const MAX_NAVIGATIONS = 10;
/** For states and frames of one page. */
const MORE_MS = 20_000;
const MAX_SOURCE = 5_000_000;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
};

/** The type by name; HTML where the name says none, with its charset where the bytes show it and the page does not say it. */
function contentType(file: string, body: Buffer): string {
  const known = TYPES[path.extname(file).toLowerCase()];
  if (known) return known;
  const head = body.subarray(0, 1024).toString('latin1');
  const said = /<meta[^>]{0,200}charset/i.test(head);
  return !said && isUtf8(body) ? 'text/html; charset=utf-8' : 'text/html';
}

function isUtf8(body: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}

/** Answers from the folder of the file, and from nowhere else. */
async function answer(route: Route, folder: string): Promise<void> {
  const url = new URL(route.request().url());
  if (url.origin !== ORIGIN) return route.abort('addressunreachable');
  try {
    const wanted = await realpath(
      path.join(folder, decodeURIComponent(url.pathname)),
    );
    if (!wanted.startsWith(folder + path.sep)) throw new Error('outside');
    const body = await readFile(wanted);
    return await route.fulfill({
      body,
      contentType: contentType(wanted, body),
    });
  } catch {
    return route.fulfill({ status: 404, body: '' });
  }
}

/** The proxy of pages from files: there is none, and nothing to ask. */
const NO_EGRESS: EgressClient = {
  get: () => Promise.reject(new Error('a saved page has no network')),
  probe: () => Promise.resolve(undefined),
};

const CANONICAL =
  /<link\b(?=[^>]{0,300}\brel=["']?canonical\b)[^>]{0,300}\bhref=["']?(https?:\/\/[^"'\s>]{1,500})/i;

const JSON_LD =
  /<script\b[^>]{0,200}\bapplication\/ld\+json[^>]{0,200}>([\s\S]{0,500000}?)<\/script/gi;
const OG_TYPE =
  /<meta\b(?=[^>]{0,300}\bproperty=["']?og:type)[^>]{0,300}\bcontent=["']?([\w:.]{1,40})/i;
const NOT_DRAWN: readonly string[] = [
  'BLANK_PAGE',
  'BROWSER_FAILED',
  'TOO_MANY_REDIRECTS',
];

/** A page that drew nothing, as without its scripts from elsewhere, or that went on and on: what its source holds, in which nothing counts as seen. */
async function withSource(
  bundle: PageBundle,
  file: string,
): Promise<PageBundle> {
  const { page, layout } = bundle;
  if (!NOT_DRAWN.includes(page.reason ?? '')) return bundle;
  const source = (await readFile(file)).toString('utf8').slice(0, MAX_SOURCE);
  const html = /<html[\s>]/i.test(source) ? source : `<html>${source}</html>`;
  const kind = OG_TYPE.exec(html)?.[1];
  const read: PageBundle = {
    ...bundle,
    html,
    layout: {
      ...layout,
      jsonLd: [...html.matchAll(JSON_LD)].map(match => match[1]),
      meta: kind ? { 'og:type': kind } : {},
    },
  };
  return { ...read, page: { ...page, finalUrl: ownAddress(read) } };
}

/** The address that a saved page says is its own: it tells country and kind of page, as the real one would. */
function ownAddress(bundle: PageBundle): string {
  const said =
    CANONICAL.exec(bundle.html.slice(0, 200_000))?.[1] ??
    bundle.layout.meta['og:url'] ??
    '';
  return URL.canParse(said) && /^https?:/.test(said) ? said : `${ORIGIN}/`;
}

async function readIn(
  context: BrowserContext,
  file: string,
  env: CommandEnv,
): Promise<WholePage> {
  const folder = path.dirname(file);
  await context.route('**/*', route => answer(route, folder));
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const monitor = await monitorPage(page, context, cdp, {
    documentBytes: env.PAGE_MAX_BYTES,
    pageBytes: env.PAGE_MAX_BYTES * 5,
    navigations: MAX_NAVIGATIONS,
  });
  const deps: ReadingDeps = {
    clock: systemClock,
    signal: new AbortController().signal,
    egress: NO_EGRESS,
    settings: env,
  };
  const url = `${ORIGIN}/${encodeURIComponent(path.basename(file))}`;
  const seen = await readPage(url, page, cdp, monitor, deps, QUIET_MS);
  const bundle = bundleOfReading(pathToFileURL(file).href, seen, seen.finalUrl);
  const more = await readMore(seen, {
    page,
    cdp,
    monitor,
    clock: systemClock,
    held: await holdPage(page, undefined, seen.finalUrl),
    collect: collectWithin(deps.settings),
    budgetMs: MORE_MS,
  });
  return wholePage(
    { ...bundle, page: { ...bundle.page, finalUrl: ownAddress(bundle) } },
    more,
    seen.collected,
  );
}

/**
 * Reads a page from a file as a visit would, without network: what lies beside the file is served to it, all else is away.
 * @returns the bundle that `scrape` would have saved; with `reason` where the page could not be read
 */
export async function readSavedPage(
  browser: Browser,
  name: string,
  env: CommandEnv,
): Promise<WholePage> {
  const url = pathToFileURL(path.resolve(name)).href;
  const failed = (outcome: NotObserved) =>
    wholePage(bundleOfFailure(url, outcome));
  const file = await realpath(name).catch(() => undefined);
  if (!file)
    return failed({
      reason: 'CONNECTION_FAILED',
      detail: `There is no file ${name}.`,
    });
  if ((await stat(file)).isDirectory())
    return failed({
      reason: 'CONNECTION_FAILED',
      detail: `${name} is a folder. Name the files in it: ${path.join(
        name,
        '*.html',
      )}`,
    });
  const context = await browser.newContext({
    viewport: DESKTOP,
    deviceScaleFactor: 1,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
    offline: true,
  });
  try {
    return await readIn(context, file, env);
  } catch (error) {
    const outcome =
      error instanceof NotObservedError
        ? error.outcome
        : ({
            reason: 'BROWSER_FAILED',
            detail: describeError(error).split('\n')[0].slice(0, 300),
          } as const);
    return wholePage(await withSource(bundleOfFailure(url, outcome), file));
  } finally {
    await context.close().catch(() => undefined);
  }
}
