import { SYSTEM_NAMESPACE } from '@agentworkloads/api';
import type { HttpKubeClient } from '@agentworkloads/kube';
import { writeFileWhole } from '@agentworkloads/processes';
import type { ClusterAddress } from './cluster-access';
import { formatKubeconfig } from './kubeconfig-files';

/** A year: the tokens are made anew at every start. */
export const LIFETIME_S = 365 * 24 * 3600;

export const ACCOUNTS = {
  engine: { namespace: 'argo', name: 'argo' },
  operator: { namespace: SYSTEM_NAMESPACE, name: 'agentworkloads-operator' },
  portal: { namespace: SYSTEM_NAMESPACE, name: 'agentworkloads-portal' },
  /** The portal's Kubernetes plugin: it reads, and can't impersonate. */
  reader: { namespace: SYSTEM_NAMESPACE, name: 'agentworkloads-portal-reader' },
} as const;
export type AccountName = keyof typeof ACCOUNTS;

export interface GrantedToken {
  token: string;
  /** ISO; a cluster may grant less than was asked for. */
  expiresAt: string;
}

/** @throws ApiError when the asker may not create tokens of this account, or it is not there */
export async function requestToken(
  client: HttpKubeClient,
  account: AccountName,
  lifetimeS: number,
): Promise<GrantedToken> {
  const { namespace, name } = ACCOUNTS[account];
  const { status } = (await client.call({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: lifetimeS },
    },
  })) as { status: { token: string; expirationTimestamp: string } };
  return { token: status.token, expiresAt: status.expirationTimestamp };
}

/** A token of each ServiceAccount, asked for as the administrator. */
export async function requestTokens(
  admin: HttpKubeClient,
): Promise<Record<AccountName, string>> {
  const tokens: Partial<Record<AccountName, string>> = {};
  for (const key of Object.keys(ACCOUNTS) as AccountName[]) {
    tokens[key] = (await requestToken(admin, key, LIFETIME_S)).token;
  }
  return tokens as Record<AccountName, string>;
}

export async function writeAccountConfig(
  file: string,
  address: ClusterAddress,
  token: string,
  account: AccountName,
): Promise<void> {
  const { namespace, name } = ACCOUNTS[account];
  await writeFileWhole(
    file,
    formatKubeconfig(address, token, {
      cluster: 'standalone',
      user: name,
      namespace,
    }),
  );
}
