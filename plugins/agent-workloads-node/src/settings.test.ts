import { ConfigReader } from '@backstage/config';
import { readSettings } from './settings';

const url = 'https://127.0.0.1:6443';

function read(clusters: object[], rest: object = {}) {
  return readSettings(
    new ConfigReader({ agentWorkloads: { clusters }, ...rest } as never),
  );
}

describe('readSettings', () => {
  it('fills in what is left out', () => {
    expect(read([{ name: 'local', url, token: 't' }])).toEqual({
      clusters: [
        {
          name: 'local',
          title: undefined,
          namespaces: undefined,
          access: {
            kind: 'url',
            url,
            token: 't',
            tokenFile: undefined,
            caData: undefined,
            caFile: undefined,
            skipTLSVerify: false,
          },
        },
      ],
      defaultNamespace: 'agentworkloads',
      createNamespaces: ['agentworkloads'],
      defaultTemplate: 'competitor-scrape',
      identity: { users: [], groups: [] },
    });
    expect(readSettings(new ConfigReader({})).clusters).toEqual([]);
  });

  it.each([
    [
      'no access',
      [{ name: 'a' }],
      /exactly one of kubeconfig, inCluster: true and url/,
    ],
    [
      'two accesses',
      [{ name: 'a', url, token: 't', inCluster: true }],
      /exactly one of/,
    ],
    ['no token', [{ name: 'a', url }], /neither token nor tokenFile/],
    [
      'the same name twice',
      [
        { name: 'a', inCluster: true },
        { name: 'a', inCluster: true },
      ],
      /lists "a" twice/,
    ],
    [
      'a name that climbs',
      [{ name: '../a', inCluster: true }],
      /can't be a cluster's name/,
    ],
    [
      'plain http elsewhere',
      [{ name: 'a', url: 'http://10.0.0.1:6443', token: 't' }],
      /must be https/,
    ],
    ['no URL', [{ name: 'a', url: 'local', token: 't' }], /is not a URL/],
  ])('stops at %s', (_what, clusters, message) => {
    expect(() => read(clusters)).toThrow(message);
  });

  it('takes http on loopback', () => {
    expect(
      read([{ name: 'a', url: 'http://127.0.0.1:8001', token: 't' }]).clusters,
    ).toHaveLength(1);
  });

  const kubernetes = (clusters: object[], type = 'config') => ({
    kubernetes: { clusterLocatorMethods: [{ type, clusters }] },
  });

  it('stops at a name that the Kubernetes plugin does not know', () => {
    expect(() =>
      read(
        [{ name: 'lokal', url, token: 't' }],
        kubernetes([{ name: 'local' }]),
      ),
    ).toThrow(
      /names "lokal", which is not a cluster of the Kubernetes plugin \(it has: local\)/,
    );
    expect(
      read([{ name: 'any', url, token: 't' }], kubernetes([], 'catalog'))
        .clusters,
    ).toHaveLength(1);
  });

  describe('without an address of its own', () => {
    const theirs = {
      name: 'local',
      url: 'https://10.0.0.1:6443',
      caData: 'Q0E=',
      serviceAccountToken: 'reader',
      skipTLSVerify: true,
    };

    it('takes where the cluster is from the Kubernetes plugin, and not who it is there', () => {
      const [cluster] = read(
        [{ name: 'local', token: 'ours' }],
        kubernetes([theirs]),
      ).clusters;
      expect(cluster.access).toMatchObject({
        kind: 'url',
        url: theirs.url,
        caData: 'Q0E=',
        token: 'ours',
        skipTLSVerify: false,
      });
      expect(() => read([{ name: 'local' }], kubernetes([theirs]))).toThrow(
        /neither token nor tokenFile .*; the Kubernetes plugin's is never used/,
      );
    });

    it('stops where the Kubernetes plugin names none in the configuration', () => {
      expect(() =>
        read([{ name: 'far', token: 'ours' }], kubernetes([], 'catalog')),
      ).toThrow(/or stand with its url under kubernetes.clusterLocatorMethods/);
    });
  });

  describe('auth', () => {
    it.each(['aws', 'googleServiceAccount', 'azure'])(
      '%s gives tokens in place of one that lasts',
      auth => {
        const [{ access }] = read([{ name: 'a', url, auth }]).clusters;
        expect(access).toMatchObject({
          kind: 'url',
          token: expect.any(Function),
        });
      },
    );

    it.each([{ token: 't' }, { tokenFile: '/t' }, { inCluster: true }])(
      'of a cloud does not go with %p',
      more => {
        expect(() => read([{ name: 'a', auth: 'aws', ...more }])).toThrow(
          /has auth: aws, which gives the token/,
        );
      },
    );

    it.each(['google', 'aks', 'oidc'])(
      '%s is refused, for it is a token of who asks',
      auth => {
        expect(() => read([{ name: 'a', url, auth }])).toThrow(
          new RegExp(
            `"a" has auth: ${auth}, which is a token of the person who asks`,
          ),
        );
      },
    );

    it('of a name that is none is refused', () => {
      expect(() => read([{ name: 'a', url, auth: 'gke' }])).toThrow(
        /has auth: gke; it is one of serviceAccount, aws/,
      );
    });
  });
});
