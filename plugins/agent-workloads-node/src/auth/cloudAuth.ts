import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** An identity of a cloud, whose tokens a cluster of that cloud accepts. */
export type CloudAuth =
  | {
      kind: 'aws';
      /** ARN of the role that the cluster knows; absent: the role that the portal runs under. */
      assumeRole?: string;
      externalId?: string;
      /** Name of the EKS cluster. */
      clusterId: string;
      region?: string;
    }
  | {
      kind: 'googleServiceAccount';
      /** JSON of a service account; absent: the account that the portal runs under. */
      credentials?: string;
    }
  | {
      kind: 'azure';
      /** Of a managed or workload identity; absent: the identity that the portal runs under. */
      clientId?: string;
      tenantId?: string;
    };

const OF_A_PERSON = new Set(['google', 'aks', 'oidc']);

/** @returns undefined for the account of a token, of a kubeconfig or of the pod */
export function readCloudAuth(
  config: Config,
  name: string,
): CloudAuth | undefined {
  const auth = config.getOptionalString('auth') ?? 'serviceAccount';
  switch (auth) {
    case 'serviceAccount':
      return undefined;
    case 'aws':
      return {
        kind: 'aws',
        assumeRole: config.getOptionalString('aws.assumeRole'),
        externalId: config.getOptionalString('aws.externalId'),
        clusterId: config.getOptionalString('aws.clusterId') ?? name,
        region: config.getOptionalString('aws.region'),
      };
    case 'googleServiceAccount':
      return {
        kind: 'googleServiceAccount',
        credentials: config.getOptionalString('google.credentials'),
      };
    case 'azure':
      return {
        kind: 'azure',
        clientId: config.getOptionalString('azure.clientId'),
        tenantId: config.getOptionalString('azure.tenantId'),
      };
    default:
      throw new InputError(
        OF_A_PERSON.has(auth)
          ? `agentWorkloads.clusters "${name}" has auth: ${auth}, which is a token of the person who asks. The portal watches runs while nobody asks, and acts for people by impersonation: give it an account of its own, by auth: serviceAccount, aws, googleServiceAccount or azure`
          : `agentWorkloads.clusters "${name}" has auth: ${auth}; it is one of serviceAccount, aws, googleServiceAccount and azure`,
      );
  }
}

function emailOf(credentials: string): string {
  try {
    return String(
      (JSON.parse(credentials) as { client_email?: unknown }).client_email,
    );
  } catch {
    return 'unreadable';
  }
}

/**
 * Two that are one account have the same name; holds no secret.
 * @param env where a pod is told which role or identity is its own
 */
export function nameOfIdentity(
  auth: CloudAuth,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const own = 'that the portal runs under';
  switch (auth.kind) {
    case 'aws':
      return `the AWS role ${auth.assumeRole ?? env.AWS_ROLE_ARN ?? own}`;
    case 'googleServiceAccount':
      return `the Google service account ${
        auth.credentials ? emailOf(auth.credentials) : own
      }`;
    default:
      return `the Azure identity ${
        auth.clientId ?? env.AZURE_CLIENT_ID ?? own
      }`;
  }
}
