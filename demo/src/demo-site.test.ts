import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoServer } from './server';
import { GROUND_TRUTH } from './ground-truth';
import { VERSIONS, type Version } from './site';
import { COMPETITORS } from './sites/portal';
import { createVersionStore, type VersionStore } from './version-store';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

let server: Server | undefined;

const IDS = COMPETITORS.map(({ id }) => id);
const storeAt = (initial: Version) => createVersionStore(IDS, { initial });
const ALL_AT_FIRST = {
  versions: { tidepool: 1, cloudharbor: 1, metricly: 1 },
  pinned: false,
};

async function start(store: VersionStore = storeAt(1)) {
  server = createDemoServer(store);
  await new Promise<void>(ready => server?.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

function ask(
  port: number,
  host: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<Answer> {
  const options = {
    host: '127.0.0.1',
    port,
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: { host, ...(body === undefined ? {} : { 'content-type': type }) },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

describe('the demo site', () => {
  it('tells the competitors apart by host name', async () => {
    const port = await start();
    for (const site of COMPETITORS) {
      const page = await ask(port, `${site.id}.localhost:4180`, '/pricing');
      expect(page.status).toBe(200);
      expect(page.body).toContain(site.name);
    }
  });

  it('lists the competitors under any other host name', async () => {
    const port = await start();
    const page = await ask(port, '127.0.0.1:4180', '/');
    for (const site of COMPETITORS)
      expect(page.body).toContain(`http://${site.id}.localhost:4180/pricing`);
  });

  it('answers every page in each version', async () => {
    for (const version of VERSIONS) {
      const port = await start(storeAt(version));
      for (const site of COMPETITORS)
        for (const path of Object.keys(site.pages)) {
          const page = await ask(port, `${site.id}.localhost`, path);
          expect([site.id, path, page.status]).toEqual([site.id, path, 200]);
        }
      server?.closeAllConnections();
      server?.close();
    }
  });

  it('loads nothing from another host', async () => {
    const port = await start();
    for (const site of COMPETITORS)
      for (const path of Object.keys(site.pages)) {
        const { body } = await ask(port, `${site.id}.localhost`, path);
        expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
      }
  });

  it('says another thing in version 2', async () => {
    const port = await start();
    const before = await ask(port, 'tidepool.localhost', '/pricing');
    const answer = await ask(
      port,
      'tidepool.localhost',
      '/__demo/version',
      '{"version":2}',
    );
    expect(JSON.parse(answer.body)).toEqual({
      versions: { tidepool: 2, cloudharbor: 2, metricly: 2 },
      pinned: true,
    });
    const after = await ask(port, 'tidepool.localhost', '/pricing');
    expect(before.body).toContain('Team');
    expect(after.body).toContain('Business');
  });

  it('moves one company on, after its last version to its first', async () => {
    const port = await start(storeAt(3));
    const versionsAfter = async (body: string) => {
      const answer = await ask(port, 'localhost', '/__demo/version', body);
      return JSON.parse(answer.body).versions;
    };
    const next = '{"version":"next","company":"metricly"}';
    expect(await versionsAfter(next)).toMatchObject({
      metricly: 4,
      tidepool: 3,
    });
    expect(await versionsAfter(next)).toMatchObject({
      metricly: 1,
      tidepool: 3,
    });
    const frame = await ask(port, 'metricly-shop.localhost', '/table');
    expect(frame.status).toBe(200);
  });

  it('keeps what is pinned until it is let go', async () => {
    const port = await start();
    const set = async (body: unknown) => {
      const text = JSON.stringify(body);
      const answer = await ask(port, 'localhost', '/__demo/version', text);
      return JSON.parse(answer.body);
    };
    const next = { version: 'next', company: 'tidepool' };
    expect(await set({ version: 3, company: 'tidepool' })).toEqual({
      versions: { ...ALL_AT_FIRST.versions, tidepool: 3 },
      pinned: true,
    });
    expect((await set(next)).versions.tidepool).toBe(3);
    await set({ pinned: false });
    expect((await set(next)).versions.tidepool).toBe(4);
  });

  it('has every plan of its ground truth on the page that names it', async () => {
    for (const version of VERSIONS) {
      const port = await start(storeAt(version));
      for (const [company, paths] of Object.entries(GROUND_TRUTH[version]))
        for (const [path, { plans, states = {} }] of Object.entries(paths)) {
          const host = `${company}.localhost`;
          const page = await ask(port, host, path);
          const data = await ask(port, host, '/api/plans.json');
          const frame = await ask(port, 'metricly-shop.localhost', '/table');
          for (const plan of [...plans, ...Object.values(states).flat()])
            expect(page.body + data.body + frame.body).toContain(plan.name);
        }
      server?.closeAllConnections();
      server?.close();
    }
  });

  it.each([
    'evil.example:4180',
    'x.localhost',
    'www.tidepool.localhost',
    'shop.localhost',
    'tidepool.localhost.evil.example',
    'tidepool',
  ])('serves its own names only, not %s', async host => {
    const port = await start();
    for (const path of ['/', '/pricing', '/__demo/version', '/healthz']) {
      expect((await ask(port, host, path)).status).toBe(421);
    }
    const changed = await ask(port, host, '/__demo/version', '{"version":2}');
    expect(changed.status).toBe(421);
    const { body } = await ask(port, '127.0.0.1', '/__demo/version');
    expect(JSON.parse(body)).toEqual(ALL_AT_FIRST);
  });

  it.each([
    ['a version that does not exist', '{"version":5}', 'application/json', 400],
    [
      'a company that does not exist',
      '{"version":"next","company":"x"}',
      'application/json',
      400,
    ],
    ['a body that is not JSON', 'version=2', 'application/json', 400],
    ['a form of another page', '{"version":2}', 'text/plain', 415],
    ['a body that is too long', 'x'.repeat(5000), 'application/json', 400],
  ])('refuses %s', async (_case, body, type, status) => {
    const port = await start();
    const answer = await ask(port, 'localhost', '/__demo/version', body, type);
    expect(answer.status).toBe(status);
    const now = await ask(port, 'localhost', '/__demo/version');
    expect(JSON.parse(now.body)).toEqual(ALL_AT_FIRST);
  });

  it('remembers the version over a restart where it is told a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-site-'));
    const file = join(folder, 'state.json');
    const store = createVersionStore(IDS, { file });
    store.advance('tidepool');
    store.advance('tidepool');
    expect(createVersionStore(IDS, { file }).state()).toEqual({
      ...ALL_AT_FIRST,
      versions: { ...ALL_AT_FIRST.versions, tidepool: 3 },
    });
    writeFileSync(file, '{"version":2}');
    expect(createVersionStore(IDS, { file }).state()).toEqual({
      versions: { tidepool: 2, cloudharbor: 2, metricly: 2 },
      pinned: true,
    });
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/missing', 404],
    ['/no/such/page', 404],
    ['/login', 200],
    ['/account', 302],
    ['/error', 503],
    ['/blank', 200],
    ['/redirect-to-private', 302],
    ['/redirect-loop', 302],
  ])('has a bad case %s that answers %d', async (path, status) => {
    const port = await start();
    expect((await ask(port, 'tidepool.localhost', path)).status).toBe(status);
  });

  it('sends a PDF as a PDF', async () => {
    const port = await start();
    const answer = await ask(port, 'tidepool.localhost', '/pdf');
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.body).toMatch(/^%PDF/);
  });

  it('asks robots to stay away from one page', async () => {
    const port = await start();
    const answer = await ask(port, 'tidepool.localhost', '/robots.txt');
    expect(answer.body).toContain('Disallow: /disallowed');
  });

  it('sends a page of the size asked for', async () => {
    const port = await start();
    const answer = await ask(port, 'tidepool.localhost', '/big?mib=2');
    expect(answer.body.length).toBeGreaterThan(2 * 1024 * 1024);
  });

  it('lets go of a slow answer when the reader leaves', async () => {
    const port = await start();
    await new Promise<void>(done => {
      const sent = get(
        { host: '127.0.0.1', port, path: '/slow?seconds=100' },
        () => undefined,
      );
      sent.on('error', () => done());
      setTimeout(() => sent.destroy(), 50);
    });
    const left = await new Promise<number>(resolve =>
      setTimeout(
        () => server?.getConnections((_error, count) => resolve(count)),
        50,
      ),
    );
    expect(left).toBe(0);
  });
});
