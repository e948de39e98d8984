import type { Config } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import type { Lasting } from '@agentworkloads/kube';
import type { CloudAuth } from './cloudAuth';
import { libraries } from './libraries';

/** EKS takes a token for 15 minutes after its signature; a minute is for clocks that differ. */
const ACCEPTED_MS = 14 * 60_000;
/** What a presigned URL of `aws eks get-token` says; the cluster does not look at it. */
const EXPIRES_SECONDS = 60;

async function credentialsOf(
  root: Config,
  { assumeRole, externalId }: Extract<CloudAuth, { kind: 'aws' }>,
  region: string,
) {
  const manager = DefaultAwsCredentialsManager.fromConfig(root);
  const main = (await manager.getCredentialProvider()).sdkCredentialProvider;
  if (!assumeRole) return main();
  const { fromTemporaryCredentials } = libraries.awsCredentials();
  return fromTemporaryCredentials({
    masterCredentials: main,
    clientConfig: { region },
    params: {
      RoleArn: assumeRole,
      RoleSessionName: 'agent-workloads',
      ...(externalId && { ExternalId: externalId }),
    },
  })();
}

/**
 * A token for EKS: the address of a signed `GetCallerIdentity`, by which the cluster asks AWS who signed. Nothing is asked
 * here but the credentials.
 * @param now milliseconds since 1970
 */
export async function awsToken(
  root: Config,
  auth: Extract<CloudAuth, { kind: 'aws' }>,
  now: () => number,
): Promise<Lasting<string>> {
  const region = auth.region ?? process.env.AWS_REGION ?? 'us-east-1';
  const hostname = `sts.${region}.amazonaws.com${
    region.startsWith('cn-') ? '.cn' : ''
  }`;
  const credentials = await credentialsOf(root, auth, region);
  const { SignatureV4 } = libraries.awsSignature();
  const { Sha256 } = libraries.awsSha256();
  const signer = new SignatureV4({
    credentials,
    region,
    service: 'sts',
    sha256: Sha256,
  });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      headers: { host: hostname, 'x-k8s-aws-id': auth.clusterId },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    },
    { expiresIn: EXPIRES_SECONDS, signingDate: new Date(now()) },
  );
  const query = Object.entries(signed.query ?? {})
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
    )
    .join('&');
  const url = `https://${hostname}/?${query}`;
  return {
    value: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
    endsAt: Math.min(
      now() + ACCEPTED_MS,
      credentials.expiration?.getTime() ?? Infinity,
    ),
  };
}
