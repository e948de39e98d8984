import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { LRUCache } from 'lru-cache';
import type { NameOf } from './words';

const KEPT_MS = 10 * 60_000;
const PATIENCE_MS = 3_000;

interface CatalogUser {
  metadata?: { title?: string };
  spec?: { profile?: { displayName?: string } };
}

/**
 * How the catalog calls people, kept for ten minutes. Who is not in it, or can't be looked up now, is called as in
 * Kubernetes: a notice does not wait for a name.
 */
export function catalogNames(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
  identity: IdentityMapper;
}): (usernames: readonly string[]) => Promise<NameOf> {
  const { auth, discovery, identity } = deps;
  const known = new LRUCache<string, string>({ max: 2_000, ttl: KEPT_MS });

  const lookUp = async (ref: string): Promise<string | undefined> => {
    const [kind = '', namespace = '', name = ''] = ref.split(/[:/]/);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'catalog',
    });
    const parts = [kind, namespace, name].map(encodeURIComponent).join('/');
    const response = await fetch(
      `${await discovery.getBaseUrl('catalog')}/entities/by-name/${parts}`,
      {
        headers: { Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
    );
    if (!response.ok) {
      await response.body?.cancel();
      return undefined;
    }
    const { metadata, spec } = (await response.json()) as CatalogUser;
    return spec?.profile?.displayName || metadata?.title;
  };

  const learn = async (username: string): Promise<void> => {
    const ref = identity.userRef(username);
    if (ref && !known.has(username)) {
      const name = await lookUp(ref).catch(() => undefined);
      known.set(username, name ?? username);
    }
  };

  return async usernames => {
    await Promise.all(usernames.map(learn));
    return username => known.get(username) ?? username;
  };
}
