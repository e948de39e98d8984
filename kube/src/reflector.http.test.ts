import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resolveAccess } from './access';
import { HttpKubeClient } from './client';
import { systemClock } from './clock';
import { connect } from './connection';
import { Reflector } from './reflector';
import { Store } from './store';
import { FakeApiServer, type FakeObject } from './testing/fake-api-server';
import { silentLogger } from './testing/silent-logger';
import type { KubeObject } from './types';

const KIND = { group: 'g.io', version: 'v1', plural: 'agentworkloads' };

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('condition not met within 20 s');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

describe('a reflector over HTTP', () => {
  const api = new FakeApiServer();
  const stop = new AbortController();
  const store = new Store<KubeObject>();
  let close: () => Promise<void>;
  let reflector: Reflector<unknown, KubeObject>;

  beforeEach(async () => {
    const url = await api.start();
    const connection = connect(
      resolveAccess(
        { kind: 'url', url, token: 't', skipTLSVerify: false },
        { programs: 'refuse' },
      ),
    );
    close = () => connection.close();
    reflector = new Reflector({
      name: 'things',
      source: new HttpKubeClient(connection, { name: 'tester' }).listWatch(
        KIND,
        '',
      ),
      store,
      pageSize: 500,
      transform: raw => ({ metadata: (raw as FakeObject).metadata }),
      onChange: () => undefined,
      clock: systemClock,
      logger: silentLogger(),
      random: () => 0,
    });
  });
  afterEach(async () => {
    stop.abort();
    await close();
    await api.stop();
  });

  it('reads 5,000 objects once, though its connection is reset five times', async () => {
    for (let count = 0; count < 5000; count += 1) {
      api.create('agentworkloads', 'ns', { metadata: { name: `a${count}` } });
    }
    void reflector.run(stop.signal);
    await until(() => reflector.synced);
    const lists = () => api.requests.filter(({ watch }) => !watch);
    expect(lists()).toHaveLength(10);
    for (let reset = 0; reset < 5; reset += 1) {
      await until(() => api.watching() === 1);
      api.disconnect();
      api.create('agentworkloads', 'ns', { metadata: { name: `b${reset}` } });
      await until(() => store.get(`ns/b${reset}`) !== undefined);
    }
    expect(lists()).toHaveLength(10);
    expect(store.size).toBe(5005);
  });
});
