import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEFAULT_TEMPLATE, WORKLOAD_NAMESPACE } from '@agentworkloads/api';
import { safeServer, type Access } from '@agentworkloads/kube';
import { cloudToken } from './auth/cloudToken';
import { readCloudAuth } from './auth/cloudAuth';
import {
  areAllInConfig,
  kubernetesPluginClusters,
  type KubernetesPluginCluster,
} from './auth/kubernetesPlugin';
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

/** @throws InputError unless at most one of the three says where the cluster is */
function onlyOne(config: Config, name: string) {
  const path = config.getOptionalString('kubeconfig');
  const inCluster = config.getOptionalBoolean('inCluster') ?? false;
  const url = config.getOptionalString('url');
  const given = [path !== undefined, inCluster, url !== undefined];
  if (given.filter(Boolean).length > 1) {
    throw new InputError(
      `agentWorkloads.clusters "${name}" must have exactly one of kubeconfig, inCluster: true and url`,
    );
  }
  return { path, inCluster, url };
}

/** Where the API server is and how it is known: of the entry itself, else of the Kubernetes plugin's entry of that name. */
function readAddress(
  config: Config,
  name: string,
  theirs: KubernetesPluginCluster | undefined,
) {
  const url = config.getOptionalString('url');
  const caData = config.getOptionalString('caData');
  const caFile = config.getOptionalString('caFile');
  const server = url ?? theirs?.url;
  if (!server) {
    throw new InputError(
      `agentWorkloads.clusters "${name}" must have exactly one of kubeconfig, inCluster: true and url, or stand with its url under kubernetes.clusterLocatorMethods`,
    );
  }
  const authority =
    url || caData || caFile
      ? { caData, caFile }
      : { caData: theirs?.caData, caFile: theirs?.caFile };
  return {
    url: safeServer(server, name),
    ...authority,
    // Never theirs: our account may act as other people.
    skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

function readAccess(
  config: Config,
  name: string,
  theirs: KubernetesPluginCluster | undefined,
  cloud: (() => Promise<string>) | undefined,
): Access {
  const { path, inCluster } = onlyOne(config, name);
  const token = cloud ?? config.getOptionalString('token');
  const tokenFile = config.getOptionalString('tokenFile');
  if (
    cloud &&
    (path !== undefined || inCluster || tokenFile || config.has('token'))
  ) {
    throw new InputError(
      `agentWorkloads.clusters "${name}" has auth: ${config.getString(
        'auth',
      )}, which gives the token: take out kubeconfig, inCluster, token and tokenFile`,
    );
  }
  if (path !== undefined) {
    const context = config.getOptionalString('context');
    return { kind: 'kubeconfig', path, context };
  }
  if (inCluster) {
    return { kind: 'inCluster' };
  }
  const address = readAddress(config, name, theirs);
  if (!token && !tokenFile) {
    throw new InputError(
      `agentWorkloads.clusters "${name}" has ${
        config.has('url') ? 'a url but ' : ''
      }neither token nor tokenFile (an environment variable that is not set leaves it out); the Kubernetes plugin's is never used`,
    );
  }
  return { kind: 'url', ...address, token, tokenFile };
}

function readPairs(config: Config, key: string): IdentitySettings['users'] {
  return (config.getOptionalConfigArray(key) ?? []).map(pair => ({
    ref: pair.getString('ref'),
    name: pair.getString('name'),
  }));
}

/**
 * @param config - the root configuration
 * @param now - milliseconds since 1970
 * @throws InputError that names the key to mend
 */
export function readSettings(
  config: Config,
  now: () => number = Date.now,
): AgentWorkloadsSettings {
  const root = config.getOptionalConfig('agentWorkloads');
  const names = new Set<string>();
  const theirs = kubernetesPluginClusters(config);
  const known = areAllInConfig(config)
    ? theirs.map(({ name }) => name)
    : undefined;
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
    const cloud = readCloudAuth(one, name);
    return {
      name,
      title: one.getOptionalString('title'),
      access: readAccess(
        one,
        name,
        theirs.find(cluster => cluster.name === name),
        cloud && cloudToken(config, cloud, now),
      ),
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
