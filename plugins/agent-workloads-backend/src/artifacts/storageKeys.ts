import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { renewed } from '@agentworkloads/kube';
import type { Client } from 'minio';

type ClientOptions = ConstructorParameters<typeof Client>[0];
type CredentialsProvider = ClientOptions['credentialsProvider'];

interface SessionKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** In the form of the client, whose class for it is not exported; of it the client calls this alone, before each request. */
function provider(keys: () => Promise<SessionKeys>): CredentialsProvider {
  const getCredentials = async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await keys();
    return {
      getAccessKey: () => accessKeyId,
      getSecretKey: () => secretAccessKey,
      getSessionToken: () => sessionToken,
    };
  };
  return { getCredentials } as unknown as CredentialsProvider;
}

/** The keys of an account under `aws` of the configuration, or of the role that the process runs under. */
function awsKeys(
  root: Config,
  accountId: string | undefined,
  now: () => number,
): () => Promise<SessionKeys> {
  const manager = DefaultAwsCredentialsManager.fromConfig(root);
  return renewed(async () => {
    const { sdkCredentialProvider } = await manager.getCredentialProvider({
      accountId,
    });
    const value = await sdkCredentialProvider();
    return { value, endsAt: value.expiration?.getTime() };
  }, now);
}

/**
 * What the requests to the object storage are signed with.
 * @param config `agentWorkloads.artifacts`
 * @throws InputError where that names two ways, or half of one
 */
export function storageKeys(
  root: Config,
  config: Config,
  now: () => number,
): Pick<ClientOptions, 'accessKey' | 'secretKey' | 'credentialsProvider'> {
  const accessKey = config.getOptionalString('accessKey');
  const secretKey = config.getOptionalString('secretKey');
  const accountId = config.getOptionalString('accountId');
  if (Boolean(accessKey) !== Boolean(secretKey)) {
    throw new InputError(
      `agentWorkloads.artifacts has ${
        accessKey
          ? 'an accessKey and no secretKey'
          : 'a secretKey and no accessKey'
      } (an environment variable that is not set leaves it out); set both, or neither to use the AWS role that the portal runs under`,
    );
  }
  if (!accessKey || !secretKey) {
    return { credentialsProvider: provider(awsKeys(root, accountId, now)) };
  }
  if (accountId) {
    throw new InputError(
      'agentWorkloads.artifacts has an accessKey and an accountId; leave one of them out',
    );
  }
  return { accessKey, secretKey };
}
