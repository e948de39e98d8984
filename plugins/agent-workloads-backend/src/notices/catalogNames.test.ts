import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { catalogNames } from './catalogNames';

const USERS: Record<string, object> = {
  '/entities/by-name/user/default/carol': {
    spec: { profile: { displayName: 'Carol Diaz' } },
  },
  '/entities/by-name/user/default/robot': { metadata: { title: 'The robot' } },
};

describe('names of people in notices', () => {
  let catalog: Server;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    catalog = createServer(({ url = '' }, res) => {
      asked.push(url);
      res.statusCode = USERS[url] ? 200 : 404;
      res.end(JSON.stringify(USERS[url] ?? {}));
    });
    await new Promise<void>(listening => {
      catalog.listen(0, '127.0.0.1', listening);
    });
  });
  afterEach(() => {
    catalog.close();
  });

  const names = () =>
    catalogNames({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async () =>
          `http://127.0.0.1:${(catalog.address() as AddressInfo).port}`,
        getExternalBaseUrl: async () => '',
      },
      identity: new IdentityMapper({
        users: [{ ref: 'user:default/carol', name: 'c.diaz' }],
        groups: [],
      }),
    });

  it('are those of the catalog, asked for once, and else those of Kubernetes', async () => {
    const named = names();
    await named(['c.diaz']);
    const nameOf = await named(['c.diaz', 'robot', 'ghost', 'CI@corp']);
    expect(['c.diaz', 'robot', 'ghost', 'CI@corp'].map(nameOf)).toEqual([
      'Carol Diaz',
      'The robot',
      'ghost',
      'CI@corp',
    ]);
    expect(asked).toHaveLength(3);
  });

  it('are those of Kubernetes while the catalog is away', async () => {
    const named = names();
    catalog.closeAllConnections();
    await new Promise(closed => {
      catalog.close(closed);
    });
    expect((await named(['c.diaz']))('c.diaz')).toBe('c.diaz');
  });
});
