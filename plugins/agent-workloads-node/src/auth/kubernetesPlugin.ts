import type { Config } from '@backstage/config';
import { nameOfIdentity, type CloudAuth } from './cloudAuth';

/** A cluster of the Kubernetes plugin, as its configuration says. */
export interface KubernetesPluginCluster {
  name: string;
  url?: string;
  caData?: string;
  caFile?: string;
  skipTLSVerify: boolean;
  /** Of an account whose token stands in the configuration. */
  token?: string;
  /** Of an account of a cloud. */
  cloud?: CloudAuth;
  /** Whose token it uses, without a secret; undefined: the person's who asks, or not known. */
  identity?: string;
}

/** The account of the pod, which both sides may name. */
export const POD = "the account of the portal's pod";

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';
const ASSUME_ROLE = 'kubernetes.io/aws-assume-role';
const EXTERNAL_ID = 'kubernetes.io/aws-external-id';
const CLUSTER_ID = 'kubernetes.io/x-k8s-aws-id';

/** The keys are that plugin's: plugins/kubernetes-backend/src/auth and cluster-locator/ConfigClusterLocator.ts of Backstage. */
function cloudOf(
  root: Config,
  entry: Config,
  metadata: Record<string, string | undefined>,
): CloudAuth | undefined {
  switch (metadata[AUTH_PROVIDER] ?? entry.getOptionalString('authProvider')) {
    case 'aws':
      return {
        kind: 'aws',
        assumeRole:
          metadata[ASSUME_ROLE] ?? entry.getOptionalString('assumeRole'),
        externalId:
          metadata[EXTERNAL_ID] ?? entry.getOptionalString('externalId'),
        clusterId: metadata[CLUSTER_ID] ?? entry.getString('name'),
      };
    case 'googleServiceAccount':
      return {
        kind: 'googleServiceAccount',
        credentials: root.getOptionalString(
          'kubernetes.googleServiceAccountCredentials',
        ),
      };
    case 'azure':
      return { kind: 'azure' };
    default:
      return undefined;
  }
}

function readEntry(root: Config, entry: Config): KubernetesPluginCluster {
  const metadata =
    entry.getOptional<Record<string, string | undefined>>('authMetadata') ?? {};
  const provider =
    metadata[AUTH_PROVIDER] ?? entry.getOptionalString('authProvider');
  const token =
    metadata.serviceAccountToken ??
    entry.getOptionalString('serviceAccountToken');
  const cloud = cloudOf(root, entry, metadata);
  const ownPod = provider === 'serviceAccount' && !token ? POD : undefined;
  return {
    name: entry.getString('name'),
    url: entry.getOptionalString('url'),
    caData: entry.getOptionalString('caData'),
    caFile: entry.getOptionalString('caFile'),
    skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify') ?? false,
    token,
    cloud,
    identity: cloud ? nameOfIdentity(cloud) : ownPod,
  };
}

const locators = (root: Config) =>
  root.getOptionalConfigArray('kubernetes.clusterLocatorMethods');

/** Those that stand in the configuration; the plugin may find more elsewhere. */
export function kubernetesPluginClusters(
  root: Config,
): KubernetesPluginCluster[] {
  return (locators(root) ?? [])
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .map(entry => readEntry(root, entry));
}

/** Whether the plugin knows only the clusters that stand in the configuration. */
export function areAllInConfig(root: Config): boolean {
  return (
    locators(root)?.every(method => method.getString('type') === 'config') ??
    false
  );
}
