import type { Config } from '@backstage/config';
import { AGENT_WORKLOAD, GROUP } from '@agentworkloads/api';
import { isApiError } from '@agentworkloads/kube';
import {
  openCluster,
  type AgentWorkloadsClusters,
  type Cluster,
} from './clusters';
import { cloudToken } from './auth/cloudToken';
import {
  kubernetesPluginClusters,
  type KubernetesPluginCluster,
} from './auth/kubernetesPlugin';
import { sharedIdentities } from './auth/sharedIdentities';
import type { IdentityMapper } from './identity';

/** What is wrong with an account. */
export interface AccountProblem {
  /** By its name in the configuration. */
  cluster: string;
  sentence: string;
  /**
   * It lets people act as others, so the portal must not start with it. All else only keeps people from their work, and
   * is said where they miss it.
   */
  isHole: boolean;
}

const lack = (cluster: string, sentence: string): AccountProblem => ({
  cluster,
  sentence,
  isHole: false,
});

const hole = (cluster: string, sentence: string): AccountProblem => ({
  cluster,
  sentence,
  isHole: true,
});

/** Known without asking: the configuration names one account for both. */
const shared = (config: Config): AccountProblem[] =>
  sharedIdentities(config).map(({ cluster, identity, theirs }) =>
    hole(
      cluster,
      `cluster "${cluster}" signs in with ${identity}, as the Kubernetes plugin does for cluster "${theirs}", whose proxy would let callers decide as anybody: give agentWorkloads an account of its own`,
    ),
  );

const MAKE_LIST = 'node scripts/portal-people.mjs';

/**
 * Asks every cluster whether its account can do its work, and whether the Kubernetes plugin's can't do more than it should.
 * @param unknown - told of what could not be asked now: a cluster that is away is not a reason not to start
 * @returns what must be mended
 */
export async function checkAccounts(
  clusters: AgentWorkloadsClusters,
  config: Config,
  unknown: (sentence: string) => void,
): Promise<AccountProblem[]> {
  /** What was found counts, whatever the next question meets: a hole that is known must never be forgotten. */
  const found: AccountProblem[] =
    clusters.fault === undefined ? shared(config) : [];
  const attempt = async (name: string, check: () => Promise<void>) => {
    try {
      await check();
    } catch (error) {
      if (isApiError(error) && error.status !== 401) {
        unknown(
          `An account of cluster "${name}" could not be checked: ${error.said}`,
        );
        return;
      }
      const why = isApiError(error)
        ? `doesn't accept the account's token or certificate`
        : `can't be asked: ${(error as Error).message}`;
      found.push(lack(name, `cluster "${name}" ${why}`));
    }
  };
  const ours = clusters
    .list()
    .map(cluster =>
      attempt(cluster.name, () =>
        checkAccount(cluster, clusters.identity, found),
      ),
    );
  const theirs = kubernetesPluginClusters(config).map(async account => {
    // Its token may be expired or meant for other uses: only what it may do too much is our concern.
    await checkKubernetesPlugin(account, config, found).catch(error =>
      unknown(
        `The Kubernetes plugin's account for cluster "${
          account.name
        }" could not be checked: ${(error as Error).message}`,
      ),
    );
  });
  await Promise.all([...ours, ...theirs]);
  return found;
}

/** That plugin's proxy passes Impersonate-User on from any caller who may use it. */
async function checkKubernetesPlugin(
  account: KubernetesPluginCluster,
  config: Config,
  found: AccountProblem[],
): Promise<void> {
  const { url, caData, caFile, skipTLSVerify, cloud } = account;
  const token = cloud ? cloudToken(config, cloud, Date.now) : account.token;
  // Without a token of its own it uses the person's who asks, or the pod's.
  if (!url || !token) return;
  const client = openCluster(
    { kind: 'url', url, token, caData, caFile, skipTLSVerify },
    account.name,
  );
  try {
    const may = await client.mayI({ verb: 'impersonate', resource: 'users' });
    if (may) {
      found.push(
        hole(
          account.name,
          `the account of the Kubernetes plugin for cluster "${account.name}" may impersonate users, and its proxy would let callers decide as anybody: give it a read-only account of its own`,
        ),
      );
    }
  } finally {
    await client.close();
  }
}

/**
 * What is wrong with a cluster's account; the worst is asked first.
 * @param found - gets each problem as it is found
 * @throws ApiError when the cluster can't be asked now
 */
async function checkAccount(
  cluster: Cluster,
  identity: IdentityMapper,
  found: AccountProblem[],
): Promise<void> {
  const { client, name } = cluster;
  found.push(...(await checkPeople(cluster, identity)));
  const mayList = await client.mayI({
    verb: 'list',
    group: GROUP,
    resource: AGENT_WORKLOAD.plural,
    namespace: cluster.namespaces?.[0],
  });
  if (mayList === false) {
    found.push(
      lack(
        name,
        `the account of cluster "${name}" may not list agentworkloads; bind it to the portal's ClusterRole`,
      ),
    );
  }
  for (const group of identity.allGroupNames()) {
    const mayBe = await client.mayI({
      verb: 'impersonate',
      resource: 'groups',
      name: group,
    });
    if (mayBe === false) {
      found.push(
        lack(
          name,
          `the account of cluster "${name}" may not impersonate the group "${group}" of agentWorkloads.identity.groups`,
        ),
      );
    }
  }
}

/** In whose name the account may act: a list of people, with everybody of agentWorkloads.identity.users in it. */
async function checkPeople(
  { name, client }: Cluster,
  identity: IdentityMapper,
): Promise<AccountProblem[]> {
  const people = await client.impersonates();
  if (people === undefined) {
    return [];
  }
  if (people === 'all') {
    return [
      hole(
        name,
        `the account of cluster "${name}" may impersonate every user, which is as much as a cluster admin: take that rule away and name the people (${MAKE_LIST})`,
      ),
    ];
  }
  const system = people.find(one => one.toLowerCase().startsWith('system:'));
  if (system !== undefined) {
    return [
      hole(
        name,
        `the account of cluster "${name}" may impersonate "${system}", which is no person: take it from the list (${MAKE_LIST})`,
      ),
    ];
  }
  if (people.length === 0) {
    return [
      lack(
        name,
        `the account of cluster "${name}" may not impersonate users, so nobody could start or decide a run as themselves: name the people (${MAKE_LIST})`,
      ),
    ];
  }
  const lacking = identity
    .listedUsernames()
    .filter(username => !people.includes(username));
  return lacking.length === 0
    ? []
    : [
        lack(
          name,
          `the account of cluster "${name}" may not impersonate ${lacking
            .map(one => `"${one}"`)
            .join(
              ', ',
            )} of agentWorkloads.identity.users: add them to the list (${MAKE_LIST})`,
        ),
      ];
}
