import { NotAllowedError } from '@backstage/errors';
import type { ProfileInfo, SignInResolver } from '@backstage/plugin-auth-node';

/** What is known of a person when nobody in the catalog was found for them. */
interface Account {
  /** Verified by the provider, else absent. */
  email?: string;
  /** Login at the provider, as far as there is one. */
  username?: string;
  /** Lasting identifier at the provider. */
  id?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function accountOf(profile: ProfileInfo, result: unknown): Account {
  const { fullProfile } = (result ?? {}) as {
    fullProfile?: Record<string, unknown> & {
      userinfo?: Record<string, unknown>;
    };
  };
  return {
    email: profile.email,
    username:
      text(fullProfile?.username) ??
      text(fullProfile?.userinfo?.preferred_username),
    id:
      text(fullProfile?.nodeId) ??
      text(fullProfile?.id) ??
      text(fullProfile?.userinfo?.sub),
  };
}

const ID_ANNOTATIONS: Record<string, string> = {
  github: 'github.com/user-id',
  microsoft: 'graph.microsoft.com/user-id',
};

/** What a User must have to be found by this resolver; undefined where the account lacks what it looks for. */
function wanted(
  resolver: string,
  provider: string,
  { email, username, id }: Account,
): string | undefined {
  switch (resolver) {
    case 'emailMatchingUserEntityProfileEmail':
      return email && `spec.profile.email "${email}"`;
    case 'emailLocalPartMatchingUserEntityName':
      return email && `the name "${email.split('@')[0]}"`;
    case 'emailMatchingUserEntityAnnotation':
      return email && `the annotation ${provider}.com/email "${email}"`;
    case 'usernameMatchingUserEntityName':
      return username && `the name "${username}"`;
    case 'userIdMatchingUserEntityAnnotation':
      return id && `the annotation ${ID_ANNOTATIONS[provider]} "${id}"`;
    default:
      return undefined;
  }
}

/**
 * The last of the resolvers: for whoever was let in by the provider and is not in the catalog. It says under which name
 * they are known, and what must be added for them.
 *
 * @param title - of the provider, as people know it
 * @param resolvers - names of those that found nobody
 */
export function sayWhoIsMissing(
  provider: string,
  title: string,
  resolvers: readonly string[],
): SignInResolver<unknown> {
  return async ({ profile, result }) => {
    const account = accountOf(profile, result);
    const known = account.email ?? account.username ?? account.id;
    const ways = resolvers.flatMap(one => wanted(one, provider, account) ?? []);
    throw new NotAllowedError(
      `${title} knows you as ${
        known ?? 'somebody without a name'
      }, but nobody in this portal’s catalog is that. Ask whoever looks after the catalog to add a User with ${
        ways.join(' or ') || 'your account'
      }. If they have just done so, try again in a minute.`,
    );
  };
}
