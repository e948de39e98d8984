import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkPortal, demoEntities, DEMO_PEOPLE } from './portal-check';

/** As much of a portal as the check sees. */
interface Portal {
  ready: boolean;
  people: string[];
  entities: string[];
}

let portal: Portal;
let server: Server;
let origin: string;

beforeEach(async () => {
  portal = {
    ready: true,
    people: [...DEMO_PEOPLE],
    entities: ['template:default/scrape', 'component:default/tidepool'],
  };
  server = createServer((request, response) => {
    const answer = (status: number, body: unknown = {}) =>
      response.writeHead(status).end(JSON.stringify(body));
    if (request.url === '/.backstage/health/v1/readiness') {
      answer(portal.ready ? 200 : 503);
    } else if (request.url === '/') {
      answer(200);
    } else if (request.url === '/api/auth/demo/refresh') {
      const person = String(request.headers['x-demo-user']);
      if (portal.people.includes(person)) {
        answer(200, { backstageIdentity: { token: `token-of-${person}` } });
      } else answer(404, { error: { message: 'User not found' } });
    } else if (request.headers.authorization !== 'Bearer token-of-bob') {
      answer(401, { error: { message: 'Missing credentials' } });
    } else {
      let text = '';
      request.on('data', chunk => (text += chunk));
      request.on('end', () => {
        const { entityRefs } = JSON.parse(text) as { entityRefs: string[] };
        answer(200, {
          items: entityRefs.map(ref =>
            portal.entities.includes(ref) ? { kind: 'Any' } : null,
          ),
        });
      });
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise(resolve => server.close(resolve));
});

const WANTED = ['template:default/scrape', 'component:default/tidepool'];
const check = () => checkPortal(origin, WANTED);

describe('the portal is ready', () => {
  it('when everybody can sign in and the catalog is read', async () => {
    await expect(check()).resolves.toBeUndefined();
  });

  it.each<[string, (one: Portal) => void, string]>([
    ['it still starts', one => (one.ready = false), 'it answers 503'],
    [
      'it does not know its people',
      one => (one.people = []),
      "bob can't sign in: 404 User not found",
    ],
    [
      'it knows only the first of them',
      one => (one.people = ['bob']),
      "alice can't sign in: 404 User not found",
    ],
    [
      'the template is not there',
      one => one.entities.shift(),
      'the catalog has not read template:default/scrape',
    ],
    [
      'no entity is there',
      one => (one.entities = []),
      'the catalog has not read template:default/scrape, component:default/tidepool',
    ],
  ])('not while %s', async (_what, change, message) => {
    change(portal);
    await expect(check()).rejects.toThrow(message);
  });
});

it('what the catalog is to hold comes from its own configuration', async () => {
  const entities = await demoEntities(process.cwd());
  expect(entities).toEqual(
    expect.arrayContaining([
      'template:default/competitor-scrape',
      'component:default/tidepool',
      'group:default/approvers',
      ...DEMO_PEOPLE.map(person => `user:default/${person}`),
    ]),
  );
  await expect(demoEntities(path.join('/', 'nowhere'))).rejects.toThrow(
    'nowhere/app-config.demo.yaml',
  );
});
