import { ConfigReader } from '@backstage/config';
import { kubernetesPluginAccounts, readSettings } from './settings';

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

  it('finds the accounts of the Kubernetes plugin that have a token', () => {
    const config = new ConfigReader(
      kubernetes([
        { name: 'local', url, serviceAccountToken: 'reader', caData: 'Q0E=' },
        { name: 'cloud', url, authProvider: 'aws' },
      ]) as never,
    );
    expect(kubernetesPluginAccounts(config)).toEqual([
      {
        name: 'local',
        url,
        token: 'reader',
        caData: 'Q0E=',
        caFile: undefined,
        skipTLSVerify: false,
      },
    ]);
  });
});
