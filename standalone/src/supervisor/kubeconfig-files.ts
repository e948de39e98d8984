import type { ClusterAddress } from './cluster-access';
import { stringify } from 'yaml';

interface Names {
  user: string;
  namespace: string;
}

function format(
  { server, caPem, serverName }: ClusterAddress,
  { cluster, user, namespace }: Names & { cluster: string },
  credentials: object,
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    clusters: [
      {
        name: cluster,
        cluster: {
          server,
          ...(caPem && {
            'certificate-authority-data': Buffer.from(caPem).toString('base64'),
          }),
          ...(serverName && { 'tls-server-name': serverName }),
        },
      },
    ],
    users: [{ name: user, user: credentials }],
    contexts: [{ name: cluster, context: { cluster, user, namespace } }],
  });
}

/** A kubeconfig with its token inside; keep the file to its owner. */
export function formatKubeconfig(
  address: ClusterAddress,
  token: string,
  names: Names & { cluster: string },
): string {
  return format(address, names, { token });
}

/** A kubeconfig whose token is in a file that changes, in a form that `kube` reads again; kubectl does not know it. */
export function formatTokenFileKubeconfig(
  address: ClusterAddress,
  tokenFile: string,
  names: Names,
): string {
  return format(
    address,
    { cluster: 'cluster', ...names },
    { 'auth-provider': { name: 'tokenFile', config: { tokenFile } } },
  );
}
