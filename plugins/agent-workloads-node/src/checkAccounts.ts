import type { Config } from '@backstage/config';
import { AGENT_WORKLOAD, GROUP } from '@agentic/api';
import { resolveAccess } from './access';
import type { AgentWorkloadsClusters, Cluster } from './clusters';
import type { IdentityMapper } from './identity';
import { KubernetesClient } from './KubernetesClient';
import { isKubernetesError } from './KubernetesError';
import { kubernetesPluginAccounts } from './settings';

/**
 * Asks every cluster whether its account can do its work, and whether the Kubernetes plugin's can't do more than it should.
 * @param unknown - told of what could not be asked now: a cluster that is away is not a reason not to start
 * @returns what must be mended, in sentences
 */
export async function checkAccounts(
  clusters: AgentWorkloadsClusters,
  config: Config,
  unknown: (sentence: string) => void,
): Promise<string[]> {
  const attempt = async (name: string, check: () => Promise<string[]>) => {
    try {
      return await check();
    } catch (error) {
      if (!isKubernetesError(error)) {
        throw error;
      }
      if (error.status === 401) {
        return [
          `cluster "${name}" doesn't accept the account's token or certificate`,
        ];
      }
      unknown(
        `The account of cluster "${name}" could not be checked: ${error.message}`,
      );
      return [];
    }
  };
  const ours = clusters
    .list()
    .map(cluster =>
      attempt(cluster.name, () => checkAccount(cluster, clusters.identity)),
    );
  // Its token may be expired or meant for other uses: only what it may do too much is our concern.
  const theirs = checkKubernetesPlugin(config).catch(error => {
    unknown(
      `The Kubernetes plugin's accounts could not be checked: ${
        (error as Error).message
      }`,
    );
    return [];
  });
  return (await Promise.all([...ours, theirs])).flat();
}

/** That plugin's proxy passes Impersonate-User on from any caller who may use it. */
async function checkKubernetesPlugin(config: Config): Promise<string[]> {
  const problems: string[] = [];
  for (const account of kubernetesPluginAccounts(config)) {
    const client = new KubernetesClient(
      resolveAccess({ kind: 'url', ...account }, account.name),
    );
    try {
      const may = await client.mayI({ verb: 'impersonate', resource: 'users' });
      if (may) {
        problems.push(
          `the account of the Kubernetes plugin for cluster "${account.name}" may impersonate users, and its proxy would let callers decide as anybody: give it a read-only account of its own`,
        );
      }
    } finally {
      await client.close();
    }
  }
  return problems;
}

/**
 * What is wrong with a cluster's account, in sentences; empty when all is well.
 * @throws KubernetesError when the cluster can't be asked now
 */
export async function checkAccount(
  cluster: Cluster,
  identity: IdentityMapper,
): Promise<string[]> {
  const { client } = cluster;
  const problems: string[] = [];
  const namespace = cluster.namespaces?.[0];
  if (
    (await client.mayI({
      verb: 'list',
      group: GROUP,
      resource: AGENT_WORKLOAD.plural,
      namespace,
    })) === false
  ) {
    problems.push(
      `the account of cluster "${cluster.name}" may not list agentworkloads; bind it to the portal's ClusterRole`,
    );
  }
  if (!(await mayImpersonatePeople(cluster, identity))) {
    problems.push(
      `the account of cluster "${cluster.name}" may not impersonate users, so nobody could start or decide a run as themselves`,
    );
  }
  for (const group of identity.allGroupNames()) {
    if (
      (await client.mayI({
        verb: 'impersonate',
        resource: 'groups',
        name: group,
      })) === false
    ) {
      problems.push(
        `the account of cluster "${cluster.name}" may not impersonate the group "${group}" of agentWorkloads.identity.groups`,
      );
    }
  }
  return problems;
}

/** Everybody, or, where RBAC names the people, everybody of agentWorkloads.identity.users. */
async function mayImpersonatePeople(
  { client }: Cluster,
  identity: IdentityMapper,
): Promise<boolean> {
  const ask = (name?: string) =>
    client.mayI({ verb: 'impersonate', resource: 'users', name });
  // Without a name Kubernetes answers for all of them.
  if ((await ask()) !== false) {
    return true;
  }
  const listed = identity.listedUsernames();
  const answers = await Promise.all(listed.map(name => ask(name)));
  return listed.length > 0 && answers.every(answer => answer !== false);
}
