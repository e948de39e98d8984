import { SYSTEM_NAMESPACE } from '@agentworkloads/api';
import {
  HttpsKubeClient,
  formatKubeconfig,
  type KubeAccess,
} from '@agentworkloads/kube-client';
import { writeFileWhole } from '@agentworkloads/processes';

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

/** @throws KubeError when the asker may not create tokens of this account, or it is not there */
export async function requestToken(
  client: HttpsKubeClient,
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
  admin: KubeAccess,
): Promise<Record<AccountName, string>> {
  const client = new HttpsKubeClient(admin);
  const tokens: Partial<Record<AccountName, string>> = {};
  try {
    for (const key of Object.keys(ACCOUNTS) as AccountName[]) {
      tokens[key] = (await requestToken(client, key, LIFETIME_S)).token;
    }
  } finally {
    client.close();
  }
  return tokens as Record<AccountName, string>;
}

export async function writeAccountConfig(
  file: string,
  admin: KubeAccess,
  token: string,
  account: AccountName,
): Promise<void> {
  const { namespace, name } = ACCOUNTS[account];
  await writeFileWhole(
    file,
    formatKubeconfig(
      { ...admin, token },
      { cluster: 'standalone', user: name, namespace },
    ),
  );
}
