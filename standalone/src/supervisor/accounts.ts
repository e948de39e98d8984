import { SYSTEM_NAMESPACE } from '@agentic/api';
import { HttpsKubeClient } from '../kube-client/https-client';
import { formatKubeconfig, type KubeAccess } from '../kube-client/kubeconfig';
import { writeFileWhole } from '../processes/json-file';
import { READER_ACCOUNT } from './manifests';

/** A year: the tokens are made anew at every start. */
const LIFETIME_S = 365 * 24 * 3600;

export const ACCOUNTS = {
  engine: { namespace: 'argo', name: 'argo' },
  operator: { namespace: SYSTEM_NAMESPACE, name: 'agentworkloads-operator' },
  portal: { namespace: SYSTEM_NAMESPACE, name: 'agentworkloads-portal' },
  reader: { namespace: SYSTEM_NAMESPACE, name: READER_ACCOUNT },
} as const;
export type AccountName = keyof typeof ACCOUNTS;

/** A token of each ServiceAccount, asked for as the administrator. */
export async function requestTokens(
  admin: KubeAccess,
): Promise<Record<AccountName, string>> {
  const client = new HttpsKubeClient(admin);
  const tokens: Partial<Record<AccountName, string>> = {};
  try {
    for (const key of Object.keys(ACCOUNTS) as AccountName[]) {
      const { namespace, name } = ACCOUNTS[key];
      const answer = (await client.call({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: LIFETIME_S },
        },
      })) as { status: { token: string } };
      tokens[key] = answer.status.token;
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
