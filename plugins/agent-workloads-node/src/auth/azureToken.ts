import type { Lasting } from '@agentworkloads/kube';
import type { CloudAuth } from './cloudAuth';
import { libraries } from './libraries';

/** The application of every AKS API server: https://azure.github.io/kubelogin/concepts/aks.html */
const AKS = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

/** A token of Entra ID for AKS, in Azure's own ways: environment, workload identity, managed identity. */
export async function azureToken({
  clientId,
  tenantId,
}: Extract<CloudAuth, { kind: 'azure' }>): Promise<Lasting<string>> {
  const {
    ChainedTokenCredential,
    EnvironmentCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
  } = libraries.azure();
  // Its default chain goes on to run az, azd and PowerShell, in the process that may act as other people.
  const credential = new ChainedTokenCredential(
    ...(clientId ? [] : [new EnvironmentCredential()]),
    ...(process.env.AZURE_FEDERATED_TOKEN_FILE
      ? [
          new WorkloadIdentityCredential({
            ...(clientId && { clientId }),
            ...(tenantId && { tenantId }),
          }),
        ]
      : []),
    new ManagedIdentityCredential(clientId ? { clientId } : {}),
  );
  const { token, expiresOnTimestamp } = await credential.getToken(AKS);
  return { value: token, endsAt: expiresOnTimestamp };
}
