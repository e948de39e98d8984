import type { Lasting } from '@agentworkloads/kube';
import { InputError } from '@backstage/errors';
import type { CloudAuth } from './cloudAuth';
import { libraries } from './libraries';

/** GKE looks at the account's rights in the cluster; a narrower scope does not let it in. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

function parsed(credentials: string): Record<string, unknown> {
  try {
    return JSON.parse(credentials) as Record<string, unknown>;
  } catch {
    throw new InputError(
      "agentWorkloads.clusters[].google.credentials is not JSON; it is the text of a service account's key file",
    );
  }
}

/** An access token of Google's, for GKE: of a key, or in Google's own ways (the metadata server, GOOGLE_APPLICATION_CREDENTIALS). */
export async function googleToken({
  credentials,
}: Extract<CloudAuth, { kind: 'googleServiceAccount' }>): Promise<
  Lasting<string>
> {
  const { GoogleAuth } = libraries.google();
  // Anew each time: it keeps its last token, and when to ask again is not its to decide.
  const client = await new GoogleAuth({
    scopes: SCOPE,
    // A token is of no project; without this line it looks for one, by running gcloud and by waiting for it.
    projectId: 'none',
    ...(credentials && { credentials: parsed(credentials) }),
  }).getClient();
  const { token } = await client.getAccessToken();
  if (!token) throw new Error('Google gives no token for this account');
  return { value: token, endsAt: client.credentials.expiry_date ?? undefined };
}
