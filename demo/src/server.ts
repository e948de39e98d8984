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
import { VERSIONS, type Site, type Version } from './site';
import { createIndexSite, SITES } from './sites/portal';

export interface VersionStore {
  read(): Version;
  write(version: Version): void;
}

const versionRequestSchema = z.object({ version: z.literal([...VERSIONS]) });
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
    sendJson(response, 200, { version: store.read() });
    return;
  }
  // A page in a browser can't send this type to another origin unasked.
  const json = request.headers['content-type']?.startsWith('application/json');
  if (request.method !== 'POST' || !json) {
    sendJson(response, 415, {
      error: 'POST {"version": 1} or {"version": 2} as application/json',
    });
    return;
  }
  const parsed = versionRequestSchema.safeParse(
    await readBody(request).then(text => JSON.parse(text) as unknown),
  );
  if (!parsed.success) {
    sendJson(response, 400, {
      error: `version must be one of ${VERSIONS.join(', ')}`,
    });
    return;
  }
  store.write(parsed.data.version);
  sendJson(response, 200, { version: store.read() });
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
  const version = store.read();
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
