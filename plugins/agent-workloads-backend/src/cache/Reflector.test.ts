import { mockServices } from '@backstage/backend-test-utils';
import {
  KubernetesClient,
  RESOURCES,
  type KubernetesObject,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  eventually,
  FakeApiServer,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/testUtils';
import { workload } from '../__testUtils__/workloads';
import { Reflector } from './Reflector';

describe('Reflector', () => {
  let api: FakeApiServer;
  let client: KubernetesClient;
  let abort: AbortController;
  let seen: Map<string, KubernetesObject>;
  let log: string[];
  let reflector: Reflector;
  let run: Promise<void>;
  let waits: number[];

  function start(options: { labelSelector?: string } = {}) {
    reflector = new Reflector({
      client,
      type: RESOURCES.workloads,
      ...options,
      sink: {
        upsert: object => {
          seen.set(object.metadata.name, object);
          log.push(`+${object.metadata.name}`);
        },
        remove: object => {
          seen.delete(object.metadata.name);
          log.push(`-${object.metadata.name}`);
        },
      },
      logger: mockServices.logger.mock(),
      now: Date.now,
      random: () => 0.5,
      async sleep(ms) {
        waits.push(ms);
        // Short, so that a test needs no patience; what was asked for is in `waits`.
        await new Promise(resolve => setTimeout(resolve, 5));
      },
    });
    run = reflector.run(abort.signal);
  }

  const put = (name: string, fields: Parameters<typeof workload>[1] = {}) =>
    api.put('agentworkloads', workload(name, fields));

  async function synced() {
    await eventually(() => {
      expect(reflector.getState()).toEqual({ synced: true, error: undefined });
      expect(api.watching()).toBe(1);
    });
  }

  beforeEach(async () => {
    api = new FakeApiServer();
    const server = await api.start();
    client = new KubernetesClient({
      server,
      skipTLSVerify: false,
      token: async () => 'token',
    });
    abort = new AbortController();
    seen = new Map();
    log = [];
    waits = [];
  });

  afterEach(async () => {
    abort.abort();
    await run;
    await client.close();
    await api.stop();
  });

  it('lists in pages, then follows additions, changes and deletions', async () => {
    for (let i = 0; i < 1203; i += 1) {
      put(`run-${i}`);
    }
    start();
    await synced();
    expect(seen.size).toBe(1203);
    const pages = api.requests.filter(one => !one.query.has('watch'));
    expect(pages).toHaveLength(3);
    put('new');
    put('run-0', { status: { phase: 'Running' } });
    api.delete('agentworkloads', 'agentworkloads', 'run-1');
    await eventually(() => {
      expect(seen.has('new')).toBe(true);
      expect(seen.get('run-0')?.status).toEqual({ phase: 'Running' });
      expect(seen.has('run-1')).toBe(false);
    });
  }, 30_000);

  it('goes on where it was when the server ends the watch, without a new list', async () => {
    start();
    await synced();
    api.endWatches();
    put('while-away');
    await eventually(() => expect(seen.has('while-away')).toBe(true));
    expect(api.requests.filter(one => !one.query.has('watch'))).toHaveLength(1);
    // A server that ends each watch at once is not asked in a tight loop.
    expect(waits).toEqual([1000]);
  });

  it('lists again after 410 and drops what is gone', async () => {
    put('stays');
    put('goes');
    start();
    await synced();
    api.delete('agentworkloads', 'agentworkloads', 'goes');
    await eventually(() => expect(seen.has('goes')).toBe(false));
    put('late');
    api.forget();
    api.delete('agentworkloads', 'agentworkloads', 'late');
    await eventually(() => expect([...seen.keys()]).toEqual(['stays']));
    expect(reflector.getState().synced).toBe(true);
  });

  it('survives a stream that breaks, and one that carries an error', async () => {
    start();
    await synced();
    api.breakWatches();
    put('after-the-break');
    await eventually(() => expect(seen.has('after-the-break')).toBe(true));
    // It goes on from where it was: a list is the whole cluster, read by each portal at once.
    expect(api.requests.filter(one => !one.query.has('watch'))).toHaveLength(1);
  });

  it('keeps what it knew while the server is away, says why, and comes back', async () => {
    put('known');
    start();
    await synced();
    const { port } = new URL(await restartUrl());
    await eventually(() =>
      expect(reflector.getState()).toMatchObject({
        synced: true,
        error: expect.stringMatching(/can't be reached/),
      }),
    );
    expect([...seen.keys()]).toEqual(['known']);
    put('made-meanwhile');
    await api.start({ port: Number(port) });
    await synced();
    await eventually(() => expect(seen.has('made-meanwhile')).toBe(true));
  });

  /** Stops the server; @returns its address. */
  async function restartUrl(): Promise<string> {
    const server = (client as unknown as { access: { server: string } }).access
      .server;
    await api.stop();
    return server;
  }

  it('waits longer after each failure, up to half a minute', async () => {
    api.refuse = () => ({ status: 500, reason: '', message: 'broken' });
    start();
    await eventually(() => expect(waits.length).toBeGreaterThan(8));
    expect(waits.slice(0, 3)).toEqual([375, 750, 1500]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    expect(reflector.getState()).toEqual({ synced: false, error: 'broken' });
  });

  it('says that a kind is not installed', async () => {
    api.refuse = () => ({ status: 404, reason: 'NotFound', message: 'nope' });
    start();
    await eventually(() =>
      expect(reflector.getState().error).toBe(
        'the kind agentworkloads.agentworkloads.io is not installed',
      ),
    );
  });

  it('tells an object that was deleted and made again from one that changed', async () => {
    put('twin', { uid: 'first' });
    start();
    await synced();
    log = [];
    api.endWatches();
    api.delete('agentworkloads', 'agentworkloads', 'twin');
    put('twin', { uid: 'second' });
    await eventually(() =>
      expect(seen.get('twin')?.metadata.uid).toBe('second'),
    );
    expect(log).toEqual(['-twin', '+twin']);
  });

  it('asks only for what its selector names', async () => {
    put('unlabelled');
    start({ labelSelector: 'team' });
    await synced();
    expect(seen.size).toBe(0);
  });
});
