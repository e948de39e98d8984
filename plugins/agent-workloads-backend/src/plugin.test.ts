import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import request from 'supertest';
import { agentWorkloadsPlugin } from './plugin';

describe('start', () => {
  let api: FakeApiServer;
  let url: string;

  beforeEach(async () => {
    api = new FakeApiServer();
    api.people = ['alice'];
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

  /** What a page is answered in a portal with this configuration. */
  const answer = async (...config: Parameters<typeof start>) => {
    const backend = await start(...config);
    try {
      const { status, body } = await request(backend.server).get(
        '/api/agent-workloads/runs',
      );
      return { status, body };
    } finally {
      await backend.stop();
    }
  };

  const artifacts = (endpoint: string) => ({
    endpoint,
    bucket: 'b',
    accessKey: 'a',
    secretKey: 's',
  });
  const local = () => ({ name: 'local', url, token: 't' });
  const ofKubernetes = {
    clusterLocatorMethods: [{ type: 'config', clusters: [{ name: 'local' }] }],
  };

  describe('with a mistake in our section leaves the portal up, and its answers say what to mend:', () => {
    it.each([
      [
        'a cluster that the Kubernetes plugin does not know',
        () => ({ clusters: [{ ...local(), name: 'lokal' }] }),
        /names "lokal", which is not a cluster of the Kubernetes plugin \(it has: local\)/,
      ],
      [
        'two clusters of one name',
        () => ({ clusters: [local(), local()] }),
        /lists "local" twice/,
      ],
      [
        'a cluster without a token',
        () => ({ clusters: [{ name: 'local', url }] }),
        /has a url but neither token nor tokenFile/,
      ],
      [
        'a key of another kind',
        () => ({ clusters: 'local' }),
        /agentWorkloads.clusters/,
      ],
      [
        'a kubeconfig that is not there',
        () => ({ clusters: [{ name: 'local', kubeconfig: 'nowhere.yaml' }] }),
        /nowhere\.yaml/,
      ],
      [
        'one name for two people',
        () => ({
          clusters: [local()],
          identity: {
            users: [
              { ref: 'user:default/a', name: 'x' },
              { ref: 'user:default/b', name: 'x' },
            ],
          },
        }),
        /gives two people the same name/,
      ],
      [
        'an object storage that is no URL',
        () => ({ clusters: [local()], artifacts: artifacts('minio') }),
        /agentWorkloads.artifacts.endpoint must be a URL/,
      ],
    ])('%s', async (_, config, sentence) => {
      const { status, body } = await answer(config(), ofKubernetes);
      expect(status).toBe(503);
      expect(body.error.message).toMatch(sentence);
      expect(body.error.message).toContain('Who runs the portal must mend it');
    });
  });

  it('shows what an account lacks beside what it can read', async () => {
    api.people = [];
    const { status, body } = await answer({ clusters: [local()] });
    expect(status).toBe(200);
    expect(body.clusters).toEqual([
      expect.objectContaining({
        name: 'local',
        lacks: expect.stringMatching(/may not impersonate users, so nobody/),
      }),
    ]);
  });

  it('is refused where the account may be anybody', async () => {
    api.people = undefined;
    await expect(start({ clusters: [local()] })).rejects.toThrow(
      /may impersonate every user, which is as much as a cluster admin/,
    );
  });

  it.each([
    ['beside a good section', () => ({ clusters: [local()] })],
    ['beside a section with a mistake', () => ({ clusters: 'local' })],
  ])(
    "is refused where the Kubernetes plugin's account may impersonate, %s",
    async (_, config) => {
      await expect(
        start(config(), {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [{ name: 'local', url, serviceAccountToken: 't' }],
            },
          ],
        }),
      ).rejects.toThrow(/its proxy would let callers decide as anybody/);
    },
  );

  it('succeeds without clusters, and while a cluster is away', async () => {
    await expect(answer({ clusters: [] })).resolves.toMatchObject({
      status: 200,
    });
    await api.stop();
    await expect(answer({ clusters: [local()] })).resolves.toMatchObject({
      status: 200,
    });
  });
});
