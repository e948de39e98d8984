import type { Config } from '@backstage/config';
import { renewed, type Lasting } from '@agentworkloads/kube';
import { awsToken } from './awsToken';
import { azureToken } from './azureToken';
import type { CloudAuth } from './cloudAuth';
import { googleToken } from './googleToken';

function newToken(
  root: Config,
  auth: CloudAuth,
  now: () => number,
): Promise<Lasting<string>> {
  switch (auth.kind) {
    case 'aws':
      return awsToken(root, auth, now);
    case 'googleServiceAccount':
      return googleToken(auth);
    default:
      return azureToken(auth);
  }
}

/**
 * Tokens of an identity of a cloud, each replaced before it ends. A cloud's library is loaded when the first one is asked for.
 * @param root - the root configuration, for `aws`
 * @param now - milliseconds since 1970
 */
export function cloudToken(
  root: Config,
  auth: CloudAuth,
  now: () => number,
): () => Promise<string> {
  return renewed(() => newToken(root, auth, now), now);
}
