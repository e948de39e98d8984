import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEFAULT_TEMPLATE, WORKLOAD_NAMESPACE } from '@agentworkloads/api';
import { safeServer, type Access } from '@agentworkloads/kube';
import type { IdentitySettings } from './identity';

export interface ClusterSettings {
  name: string;
  title?: string;
  access: Access;
  /** Namespaces to read; undefined: all. */
  namespaces?: string[];
}

export interface AgentWorkloadsSettings {
  clusters: ClusterSettings[];
  defaultNamespace: string;
  createNamespaces: string[];
  defaultTemplate: string;
  identity: IdentitySettings;
}

const CLUSTER_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

function readAccess(config: Config, name: string): Access {
  const path = config.getOptionalString('kubeconfig');
  const inCluster = config.getOptionalBoolean('inCluster') ?? false;
  const url = config.getOptionalString('url');
  const given = [path !== undefined, inCluster, url !== undefined];
  if (given.filter(Boolean).length !== 1) {
    throw new InputError(
      `agentWorkloads.clusters "${name}" must have exactly one of kubeconfig, inCluster: true and url`,
    );
  }
  if (path !== undefined) {
    return {
      kind: 'kubeconfig',
      path,
      context: config.getOptionalString('context'),
    };
  }
  if (inCluster) {
    return { kind: 'inCluster' };
  }
  const token = config.getOptionalString('token');
  const tokenFile = config.getOptionalString('tokenFile');
  if (!token && !tokenFile) {
    throw new InputError(
      `agentWorkloads.clusters "${name}" has a url but neither token nor tokenFile (an environment variable that is not set leaves it out)`,
    );
  }
  return {
    kind: 'url',
    url: safeServer(url!, name),
    token,
    tokenFile,
    caData: config.getOptionalString('caData'),
    caFile: config.getOptionalString('caFile'),
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

function readPairs(config: Config, key: string): IdentitySettings['users'] {
  return (config.getOptionalConfigArray(key) ?? []).map(pair => ({
    ref: pair.getString('ref'),
    name: pair.getString('name'),
  }));
}

/** Names of clusters that the Kubernetes plugin lists in configuration; undefined when it finds clusters elsewhere too. */
function kubernetesPluginClusters(config: Config): string[] | undefined {
  const methods = config.getOptionalConfigArray(
    'kubernetes.clusterLocatorMethods',
  );
  if (!methods?.every(method => method.getString('type') === 'config')) {
    return undefined;
  }
  return methods
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .map(cluster => cluster.getString('name'));
}

/** An account of the Kubernetes plugin that the configuration holds whole, so that it can be asked about. */
export interface KubernetesPluginAccount {
  name: string;
  url: string;
  token: string;
  caData?: string;
  caFile?: string;
  skipTLSVerify: boolean;
}

/** Accounts with a token of their own; other kinds hold none that could be asked here. */
export function kubernetesPluginAccounts(
  config: Config,
): KubernetesPluginAccount[] {
  return (
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  )
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .flatMap(cluster => {
      const url = cluster.getOptionalString('url');
      const token = cluster.getOptionalString('serviceAccountToken');
      return url && token
        ? [
            {
              name: cluster.getOptionalString('name') ?? url,
              url,
              token,
              caData: cluster.getOptionalString('caData'),
              caFile: cluster.getOptionalString('caFile'),
              skipTLSVerify:
                cluster.getOptionalBoolean('skipTLSVerify') ?? false,
            },
          ]
        : [];
    });
}

/**
 * @param config - the root configuration
 * @throws InputError that names the key to mend
 */
export function readSettings(config: Config): AgentWorkloadsSettings {
  const root = config.getOptionalConfig('agentWorkloads');
  const names = new Set<string>();
  const known = kubernetesPluginClusters(config);
  const clusters = (root?.getOptionalConfigArray('clusters') ?? []).map(one => {
    const name = one.getString('name');
    if (!CLUSTER_NAME.test(name)) {
      throw new InputError(
        `agentWorkloads.clusters: "${name}" can't be a cluster's name; use letters, digits, dots and dashes`,
      );
    }
    if (names.has(name)) {
      throw new InputError(`agentWorkloads.clusters lists "${name}" twice`);
    }
    names.add(name);
    if (known && !known.includes(name)) {
      throw new InputError(
        `agentWorkloads.clusters names "${name}", which is not a cluster of the Kubernetes plugin (it has: ${
          known.join(', ') || 'none'
        }). Add it under kubernetes.clusterLocatorMethods or mend the name`,
      );
    }
    return {
      name,
      title: one.getOptionalString('title'),
      access: readAccess(one, name),
      namespaces: one.getOptionalStringArray('namespaces'),
    };
  });
  const defaultNamespace =
    root?.getOptionalString('defaultNamespace') ?? WORKLOAD_NAMESPACE;
  const identity = root?.getOptionalConfig('identity');
  return {
    clusters,
    defaultNamespace,
    createNamespaces: root?.getOptionalStringArray('createNamespaces') ?? [
      defaultNamespace,
    ],
    defaultTemplate:
      root?.getOptionalString('defaultTemplate') ?? DEFAULT_TEMPLATE,
    identity: {
      users: identity ? readPairs(identity, 'users') : [],
      groups: identity ? readPairs(identity, 'groups') : [],
    },
  };
}
