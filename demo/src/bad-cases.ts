import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { html } from './html';
import { renderDocument } from './layout';
import type { Site } from './site';

/** Paths that a scraper must answer for by name, the same at every competitor. */
export type BadCase = (
  response: ServerResponse,
  site: Site,
  query: URLSearchParams,
) => Promise<void> | void;

const MIB = 1024 * 1024;
const MAX_SLOW_SECONDS = 300;
const MAX_BIG_MIB = 512;

export function sendHtml(
  response: ServerResponse,
  status: number,
  markup: string,
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(markup);
}

function bounded(text: string | null, fallback: number, max: number): number {
  const value = Number(text ?? fallback);
  return Number.isFinite(value) && value > 0 ? Math.min(value, max) : fallback;
}

export function sendMissing(response: ServerResponse, site: Site): void {
  sendHtml(
    response,
    404,
    renderDocument(site, {
      title: `Not found — ${site.name}`,
      description: 'There is no such page.',
      body: html`<section class="hero center">
        <div class="wrap">
          <h1>There is no such page</h1>
          <p class="lead">It may have moved. The price here is not $5.</p>
        </div>
      </section>`,
    }),
  );
}

async function slow(
  response: ServerResponse,
  _site: Site,
  query: URLSearchParams,
): Promise<void> {
  const stop = new AbortController();
  response.on('close', () => stop.abort());
  const seconds = bounded(query.get('seconds'), 120, MAX_SLOW_SECONDS);
  await sleep(seconds * 1000, undefined, {
    signal: stop.signal,
    ref: false,
  }).catch(() => undefined);
  if (!response.destroyed) sendHtml(response, 200, '<h1>At last</h1>');
}

/** Never more than one chunk in memory, and no further once the reader leaves. */
async function big(
  response: ServerResponse,
  _site: Site,
  query: URLSearchParams,
): Promise<void> {
  const size = bounded(query.get('mib'), 200, MAX_BIG_MIB);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.write('<!doctype html><title>Big</title><p>');
  const chunk = Buffer.alloc(MIB, 'harbor ');
  for (let sent = 0; sent < size && !response.destroyed; sent += 1) {
    if (response.write(chunk)) continue;
    await new Promise<void>(resume => {
      const next = () => {
        response.off('drain', next);
        response.off('close', next);
        resume();
      };
      response.on('drain', next);
      response.on('close', next);
    });
  }
  response.end();
}

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

function login(response: ServerResponse, site: Site): void {
  sendHtml(
    response,
    200,
    renderDocument(site, {
      title: `Sign in — ${site.name}`,
      description: 'Sign in to go on.',
      body: html`<section class="hero center">
        <div class="wrap">
          <h1>Sign in</h1>
          <p class="lead">You need an account to see this page.</p>
          <form method="post" action="/login">
            <p><input type="email" name="email" placeholder="Email" /></p>
            <p>
              <input type="password" name="password" placeholder="Password" />
            </p>
            <button class="button" type="submit">Sign in</button>
          </form>
        </div>
      </section>`,
    }),
  );
}

function redirect(
  location: string | ((query: URLSearchParams) => string),
): BadCase {
  return (response, _site, query) => {
    response.writeHead(302, {
      location: typeof location === 'string' ? location : location(query),
    });
    response.end();
  };
}

export const BAD_CASES: Readonly<Record<string, BadCase>> = {
  '/missing': sendMissing,
  '/slow': slow,
  '/big': big,
  '/login': login,
  '/account': redirect('/login'),
  '/pdf': response => {
    response.writeHead(200, { 'content-type': 'application/pdf' });
    response.end(PDF);
  },
  '/error': response => sendHtml(response, 503, '<h1>Out of order</h1>'),
  '/blank': response => sendHtml(response, 200, '<!doctype html><body></body>'),
  '/disallowed': (response, site) =>
    sendHtml(
      response,
      200,
      renderDocument(site, {
        title: 'Not for robots',
        description: '',
        body: html`<section class="hero">
          <div class="wrap"><h1>Secret plan: $7 per month</h1></div>
        </section>`,
      }),
    ),
  '/redirect-to-private': redirect('http://169.254.169.254/latest/meta-data/'),
  '/redirect-loop': redirect(
    query => `/redirect-loop?n=${bounded(query.get('n'), 0, 1e6) + 1}`,
  ),
};
