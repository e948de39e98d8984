import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { z } from 'zod';
import { BAD_CASES, sendHtml, sendMissing } from './bad-cases';
import { renderDocument } from './layout';
import { isServedHost } from './served-host';
import { VERSIONS, type Site } from './site';
import { COMPETITORS, createIndexSite, SITES } from './sites/portal';
import type { VersionStore } from './version-store';

const companySchema = z.enum(COMPETITORS.map(({ id }) => id));
const versionRequestSchema = z.union([
  z.strictObject({
    version: z.literal([...VERSIONS]),
    company: companySchema.optional(),
  }),
  z.strictObject({ version: z.literal('next'), company: companySchema }),
  z.strictObject({ pinned: z.literal(false) }),
]);
const REQUESTS =
  `{"version": ${VERSIONS.join(
    ', ',
  )}} pins all, with "company": ${companySchema.options.join(', ')} one; ` +
  '{"version": "next", "company": …} moves one on that is not pinned; {"pinned": false} lets all go';
const MAX_BODY_BYTES = 1024;

const ROBOTS = `User-agent: *
Disallow: /disallowed
Allow: /
`;

/** The competitor that the host names, or the list of them under this machine's own names; undefined for any other. */
function siteOf(host: string | undefined): Site | undefined {
  if (isServedHost(host)) {
    return createIndexSite(/:(\d+)$/.exec(host ?? '')?.[1] ?? '80');
  }
  return SITES.find(({ id }) => {
    const name = `${id}.localhost`;
    return isServedHost(host, [name]);
  });
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY_BYTES) throw new Error('body too large');
  }
  return text;
}

async function handleVersion(
  request: IncomingMessage,
  response: ServerResponse,
  store: VersionStore,
): Promise<void> {
  if (request.method === 'GET') {
    sendJson(response, 200, store.state());
    return;
  }
  // A page in a browser can't send this type to another origin unasked.
  const json = request.headers['content-type']?.startsWith('application/json');
  if (request.method !== 'POST' || !json) {
    sendJson(response, 415, {
      error: `POST as application/json: ${REQUESTS}`,
    });
    return;
  }
  const parsed = versionRequestSchema.safeParse(
    await readBody(request).then(text => JSON.parse(text) as unknown),
  );
  if (!parsed.success) {
    sendJson(response, 400, { error: REQUESTS });
    return;
  }
  if ('pinned' in parsed.data) store.release();
  else if (parsed.data.version === 'next') store.advance(parsed.data.company);
  else store.pin(parsed.data.version, parsed.data.company);
  sendJson(response, 200, store.state());
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  store: VersionStore,
): Promise<void> {
  const site = siteOf(request.headers.host);
  if (!site) {
    sendJson(response, 421, { error: 'no site of that name is served here' });
    return;
  }
  const url = new URL(request.url ?? '/', 'http://demo');
  const path = url.pathname.replace(/(.)\/$/, '$1');
  if (path === '/__demo/version') {
    await handleVersion(request, response, store);
    return;
  }
  if (path === '/healthz') {
    sendJson(response, 200, { ok: true });
    return;
  }
  if (path === '/robots.txt') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(ROBOTS);
    return;
  }
  const version = store.read(site.company ?? site.id);
  const data = site.data?.[path];
  const page = site.pages[path];
  const bad = BAD_CASES[path === '/signup' ? '/login' : path];
  if (data) sendJson(response, 200, data(version));
  else if (page) sendHtml(response, 200, renderDocument(site, page(version)));
  else if (bad) await bad(response, site, url.searchParams);
  else sendMissing(response, site);
}

/** The three competitors on one server, told apart by the Host header. */
export function createDemoServer(store: VersionStore): Server {
  return createServer((request, response) => {
    handle(request, response, store).catch(() => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { error: 'the request could not be read' });
    });
  });
}
