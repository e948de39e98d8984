import { mockServices } from '@backstage/backend-test-utils';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { openCluster } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { eventually } from '../__testUtils__/eventually';
import { systemClock } from '@agentworkloads/kube';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import { workload } from '../__testUtils__/workloads';
import { ClusterCache } from './ClusterCache';

describe('what the portal knows of a cluster', () => {
  let api: FakeApiServer;
  let cache: ClusterCache;
  let url: string;
  let changes: string[];
  let warnings: string[];
  let close: () => Promise<void>;

  const put = (name: string, fields: Parameters<typeof workload>[1] = {}) =>
    api.put('agentworkloads', workload(name, fields));
  const names = () => cache.entries().map(({ item }) => item.name);
  const lists = () => api.requests.filter(one => !one.query.has('watch'));

  async function synced() {
    await eventually(() => {
      expect(cache.getState()).toEqual({ name: 'local', synced: true });
      expect(cache.getState('schedules').synced).toBe(true);
      expect(api.watching()).toBe(4);
    });
  }

  beforeEach(async () => {
    api = new FakeApiServer();
    url = await api.start();
    changes = [];
    warnings = [];
    const client = openCluster(
      { kind: 'url', url, token: 'portal', skipTLSVerify: false },
      'local',
    );
    cache = new ClusterCache(
      { name: 'local', client },
      new IdentityMapper({ users: [], groups: [] }),
      mockServices.logger.mock({
        warn: message => void warnings.push(message),
      }),
      ({ name }) => changes.push(name),
      { clock: systemClock, random: () => 0 },
    );
    close = () => client.close();
  });

  afterEach(async () => {
    cache.stop();
    await close();
    await api.stop();
  });

  it('follows what is made, changed and deleted, and tells only of what comes after the first list', async () => {
    put('there');
    cache.start();
    await synced();
    expect(changes).toEqual([]);
    put('new');
    put('there', { status: { phase: 'Running' } });
    await eventually(() =>
      expect(cache.get('agentworkloads', 'there')?.item.phase).toBe('Running'),
    );
    api.delete('agentworkloads', 'agentworkloads', 'there');
    await eventually(() => expect(names()).toEqual(['new']));
    expect(new Set(changes)).toEqual(new Set(['new', 'there']));
  });

  it('reads everything once, whatever becomes of its watches', async () => {
    put('known');
    cache.start();
    await synced();
    const before = lists().length;
    for (let reset = 0; reset < 5; reset += 1) {
      api.disconnect();
      put(`made-${reset}`);
      await eventually(() => expect(names()).toContain(`made-${reset}`));
    }
    expect(lists()).toHaveLength(before);
  }, 60_000);

  it('keeps what it knew while the server is away, says why once, and comes back', async () => {
    put('known');
    cache.start();
    await synced();
    await api.stop();
    await eventually(() =>
      expect(cache.getState()).toMatchObject({
        synced: true,
        error: expect.stringMatching(/can't be reached/),
      }),
    );
    expect(names()).toEqual(['known']);
    put('made-meanwhile');
    await api.start({ port: Number(new URL(url).port) });
    await eventually(() => expect(names()).toContain('made-meanwhile'), 30_000);
    await eventually(() => expect(cache.getState().error).toBeUndefined());
    expect(new Set(warnings).size).toBe(warnings.length);
  }, 60_000);

  it('says that a kind is not installed', async () => {
    api.fault = ({ kind }) =>
      kind === 'agentworkloads' ? { answer: 404 } : undefined;
    cache.start();
    await eventually(() =>
      expect(cache.getState()).toEqual({
        name: 'local',
        synced: false,
        error: 'the kind agentworkloads.agentworkloads.io is not installed',
      }),
    );
  });

  it('does not show what it can not read, and shows it once it can', async () => {
    cache.start();
    await synced();
    put('odd', { spec: { objective: 7 } });
    put('even');
    await eventually(() => expect(names()).toEqual(['even']));
    put('odd');
    await eventually(() => expect(names()).toContain('odd'));
  });
});
