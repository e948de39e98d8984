import { ConfigReader } from '@backstage/config';
import { sharedIdentities } from './auth/sharedIdentities';
import { checkAccounts } from './checkAccounts';
import { AgentWorkloadsClusters } from './clusters';
import { readSettings } from './settings';
import { FakeApiServer } from '@agentworkloads/kube/testing';

describe('checkAccounts', () => {
  let api: FakeApiServer;
  let url: string;
  let clusters: AgentWorkloadsClusters;
  let config: ConfigReader;
  let unknown: string[];
  /** By token. */
  let may: Record<string, (attributes: Record<string, string>) => boolean>;

  beforeEach(async () => {
    unknown = [];
    may = { ours: () => true, reader: () => false };
    api = new FakeApiServer();
    api.people = ['al', 'bob'];
    url = await api.start();
    api.fault = seen => {
      const token = String(seen.headers.authorization).split(' ')[1];
      api.mayI = may[token] ?? (() => false);
      return undefined;
    };
    config = new ConfigReader({
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [{ name: 'local', url, serviceAccountToken: 'reader' }],
          },
        ],
      },
      agentWorkloads: {
        clusters: [{ name: 'local', url, token: 'ours' }],
        identity: {
          users: [{ ref: 'user:default/alice', name: 'al' }],
          groups: [{ ref: 'group:default/g', name: 'approvers' }],
        },
      },
    });
    clusters = AgentWorkloadsClusters.fromSettings(readSettings(config));
  });

  afterEach(async () => {
    await clusters.close();
    await api.stop();
  });

  const check = () =>
    checkAccounts(clusters, config, sentence => unknown.push(sentence)).then(
      problems =>
        problems.map(
          ({ isHole, sentence }) => `${isHole ? 'hole: ' : ''}${sentence}`,
        ),
    );

  it('finds nothing where all is well', async () => {
    expect(await check()).toEqual([]);
    expect(unknown).toEqual([]);
  });

  it('finds an account that may not impersonate', async () => {
    api.people = [];
    may.ours = ({ verb }) => verb !== 'impersonate';
    expect(await check()).toEqual([
      expect.stringMatching(/^the account .*may not impersonate users/),
      expect.stringMatching(
        /^the account .*may not impersonate the group "approvers"/,
      ),
    ]);
  });

  it('finds an account that may be anybody, or somebody who is no person', async () => {
    api.people = undefined;
    expect(await check()).toEqual([
      expect.stringMatching(
        /^hole: .*may impersonate every user, which is as much as/,
      ),
    ]);
    api.people = ['al', 'system:kube-controller-manager'];
    expect(await check()).toEqual([
      expect.stringMatching(
        /^hole: .*may impersonate "system:kube-controller-manager"/,
      ),
    ]);
  });

  it('finds a person of the configuration who is not on the list', async () => {
    api.people = ['bob'];
    expect(await check()).toEqual([
      expect.stringMatching(
        /^the account .*may not impersonate "al" of agentWorkloads/,
      ),
    ]);
  });

  it('finds an account that may not read', async () => {
    may.ours = ({ verb }) => verb !== 'list';
    expect(await check()).toEqual([
      expect.stringMatching(/^the account .*may not list agentworkloads/),
    ]);
  });

  it("finds that the Kubernetes plugin's account may impersonate", async () => {
    may.reader = () => true;
    expect(await check()).toEqual([
      expect.stringMatching(
        /^hole: .*its proxy would let callers decide as anybody/,
      ),
    ]);
  });

  it('finds a token that is not accepted', async () => {
    api.fault = () => ({
      answer: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
    expect(await check()).toEqual([
      `cluster "local" doesn't accept the account's token or certificate`,
    ]);
  });

  it('does not hold a cluster that is away against it', async () => {
    await api.stop();
    expect(await check()).toEqual([]);
    expect(unknown).toEqual([
      expect.stringMatching(/of cluster "local" could not be checked/),
      expect.stringMatching(/Kubernetes plugin's account for cluster "local"/),
    ]);
  });

  it.each([0, 1])(
    'finds the hole of one cluster while another is away (place %i)',
    async at => {
      may.reader = () => true;
      const away = {
        name: 'away',
        url: 'https://127.0.0.1:9',
        serviceAccountToken: 'reader',
      };
      const local = { name: 'local', url, serviceAccountToken: 'reader' };
      config = new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: at === 0 ? [away, local] : [local, away],
            },
          ],
        },
      });
      expect(await check()).toEqual([
        expect.stringMatching(/^hole: .*its proxy would let callers decide/),
      ]);
    },
  );

  it('keeps the hole that was found before the cluster went away', async () => {
    api.people = undefined;
    let asked = 0;
    const ask = api.fault!;
    api.fault = seen => {
      asked += 1;
      return asked > 1
        ? { answer: 503, reason: 'ServiceUnavailable', message: 'later' }
        : ask(seen);
    };
    config = new ConfigReader({});
    expect(await check()).toEqual([
      expect.stringMatching(/^hole: .*may impersonate every user/),
    ]);
    expect(unknown).toHaveLength(1);
  });

  describe('one account for both sides', () => {
    const configOf = (ours: object, theirs: object) =>
      new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'config', clusters: [{ name: 'local', url, ...theirs }] },
          ],
        },
        agentWorkloads: { clusters: [{ name: 'local', ...ours }] },
      } as never);
    const both = async (ours: object, theirs: object) => {
      config = configOf(ours, theirs);
      return (await check()).filter(sentence => sentence.startsWith('hole'));
    };
    const key = (email: string) =>
      JSON.stringify({ client_email: email, private_key: 'a-secret' });

    it.each<[string, object, object]>([
      ['a token', { url, token: 'x' }, { serviceAccountToken: 'x' }],
      ['the pod', { inCluster: true }, { authProvider: 'serviceAccount' }],
      [
        "the pod's token by its file",
        {
          url,
          tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
        },
        { authProvider: 'serviceAccount' },
      ],
      ["the portal's AWS role", { auth: 'aws' }, { authProvider: 'aws' }],
      [
        'a named AWS role',
        { auth: 'aws', aws: { assumeRole: 'arn:r' } },
        {
          authMetadata: {
            'kubernetes.io/auth-provider': 'aws',
            'kubernetes.io/aws-assume-role': 'arn:r',
          },
        },
      ],
      [
        "the portal's Google account",
        { auth: 'googleServiceAccount' },
        { authProvider: 'googleServiceAccount' },
      ],
      [
        "the portal's Azure identity",
        { auth: 'azure' },
        { authProvider: 'azure' },
      ],
    ])('is refused: %s', async (_what, ours, theirs) => {
      expect(sharedIdentities(configOf(ours, theirs))).toHaveLength(1);
    });

    describe('of a pod that is told which account is its own', () => {
      afterEach(() => {
        delete process.env.AZURE_CLIENT_ID;
        delete process.env.AWS_ROLE_ARN;
      });

      it.each<[string, object, object]>([
        [
          'Azure identity',
          { auth: 'azure', azure: { clientId: 'of-the-pod' } },
          { authProvider: 'azure' },
        ],
        [
          'AWS role',
          { auth: 'aws', aws: { assumeRole: 'arn:of-the-pod' } },
          { authProvider: 'aws' },
        ],
      ])('is refused too where we name it: %s', (_what, ours, theirs) => {
        expect(sharedIdentities(configOf(ours, theirs))).toEqual([]);
        process.env.AZURE_CLIENT_ID = 'of-the-pod';
        process.env.AWS_ROLE_ARN = 'arn:of-the-pod';
        expect(sharedIdentities(configOf(ours, theirs))).toHaveLength(1);
      });
    });

    it.each<[string, object, object]>([
      ['tokens', { url, token: 'x' }, { serviceAccountToken: 'y' }],
      [
        'the pod and a token',
        { inCluster: true },
        { authProvider: 'serviceAccount', serviceAccountToken: 'y' },
      ],
      [
        'AWS roles',
        { auth: 'aws', aws: { assumeRole: 'arn:r' } },
        { authProvider: 'aws' },
      ],
      [
        'Google accounts',
        { auth: 'googleServiceAccount', google: { credentials: key('a@b') } },
        { authProvider: 'googleServiceAccount' },
      ],
    ])('is not what two %s are', async (_what, ours, theirs) => {
      expect(sharedIdentities(configOf(ours, theirs))).toEqual([]);
    });

    it('keeps the portal from starting, and is said without a secret', async () => {
      const sentences = await both(
        { url, token: 'one-token' },
        { serviceAccountToken: 'one-token' },
      );
      expect(sentences).toEqual([
        expect.stringMatching(
          /signs in with a token, as the Kubernetes plugin does for cluster "local"/,
        ),
      ]);
      expect(sentences.join()).not.toContain('one-token');
    });
  });
});
