import type { Config } from '@backstage/config';
import { nameOfIdentity, readCloudAuth } from './cloudAuth';
import { kubernetesPluginClusters, POD } from './kubernetesPlugin';

/** Where Kubernetes puts the token of a pod's own account. */
const POD_TOKEN_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/token';

export interface SharedIdentity {
  cluster: string;
  /** Without a secret. */
  identity: string;
  /** The Kubernetes plugin's cluster that uses it. */
  theirs: string;
}

/**
 * The accounts that may impersonate and that the Kubernetes plugin uses too, for whatever cluster: its proxy passes
 * Impersonate-User on.
 */
export function sharedIdentities(root: Config): SharedIdentity[] {
  const theirs = kubernetesPluginClusters(root);
  const ours =
    root.getOptionalConfigArray('agentWorkloads.clusters')?.map(one => {
      const cluster = one.getString('name');
      const cloud = readCloudAuth(one, cluster);
      const isOfPod =
        one.getOptionalBoolean('inCluster') ||
        one.getOptionalString('tokenFile') === POD_TOKEN_FILE;
      const pod = isOfPod ? POD : undefined;
      return {
        cluster,
        identity: cloud ? nameOfIdentity(cloud) : pod,
        token: one.getOptionalString('token'),
      };
    }) ?? [];
  return ours.flatMap(({ cluster, identity, token }) => {
    const same = theirs.find(
      one =>
        (identity !== undefined && one.identity === identity) ||
        (token !== undefined && one.token === token),
    );
    return same
      ? [{ cluster, identity: identity ?? 'a token', theirs: same.name }]
      : [];
  });
}
