import type { S3Keys } from './minio-store';

/**
 * The keys of the role that the pod runs under, in every way that AWS's SDK knows: a ServiceAccount's web identity, the
 * container's own address (EKS Pod Identity, ECS), the machine's metadata. The SDK reads these ways' variables itself
 * (`AWS_ROLE_ARN`, `AWS_WEB_IDENTITY_TOKEN_FILE`, …), keeps a session, and asks for the next one in its last five minutes.
 * @param region of the STS that is asked
 */
export function podRoleKeys(region: string): () => Promise<S3Keys> {
  let chain: ReturnType<typeof loadChain> | undefined;
  return async () => {
    chain ??= loadChain(region);
    const { accessKeyId, secretAccessKey, sessionToken } = await (
      await chain
    )();
    return { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken };
  };
}

/** Loaded only where there are no keys: it takes longer than the rest of a step's start. */
async function loadChain(region: string) {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider({ clientConfig: { region } });
}
