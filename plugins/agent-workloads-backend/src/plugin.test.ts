import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import { agentWorkloadsPlugin } from './plugin';

describe('start', () => {
  let api: FakeApiServer;
  let url: string;

  beforeEach(async () => {
    api = new FakeApiServer();
    url = await api.start();
  });

  afterEach(() => api.stop());

  const start = (agentWorkloads: object, kubernetes?: object) =>
    startTestBackend({
      features: [
        agentWorkloadsPlugin,
        mockServices.rootConfig.factory({
          data: {
            agentWorkloads,
            ...(kubernetes ? { kubernetes } : {}),
          } as never,
        }),
      ],
    });

  it('fails with a sentence when the account may not impersonate', async () => {
    api.people = [];
    await expect(
      start({ clusters: [{ name: 'local', url, token: 't' }] }),
    ).rejects.toThrow(
      /may not impersonate users, so nobody could start or decide a run as themselves/,
    );
  });

  it('fails with a sentence at a cluster that the Kubernetes plugin does not know', async () => {
    await expect(
      start(
        { clusters: [{ name: 'lokal', url, token: 't' }] },
        {
          clusterLocatorMethods: [
            { type: 'config', clusters: [{ name: 'local' }] },
          ],
        },
      ),
    ).rejects.toThrow(
      /names "lokal", which is not a cluster of the Kubernetes plugin \(it has: local\)/,
    );
  });

  it('starts without clusters, and while a cluster is away', async () => {
    await expect(
      start({ clusters: [] }).then(backend => backend.stop()),
    ).resolves.toBeUndefined();
    await api.stop();
    await expect(
      start({ clusters: [{ name: 'local', url, token: 't' }] }).then(backend =>
        backend.stop(),
      ),
    ).resolves.toBeUndefined();
  });

  it('fails with a sentence at an object storage that is no URL', async () => {
    await expect(
      start({
        clusters: [],
        artifacts: {
          endpoint: 'minio',
          bucket: 'b',
          accessKey: 'a',
          secretKey: 's',
        },
      }),
    ).rejects.toThrow(/agentWorkloads.artifacts.endpoint must be a URL/);
  });
});
