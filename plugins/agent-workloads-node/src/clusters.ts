import { InputError, NotFoundError } from '@backstage/errors';
import { AGENT_WORKLOAD, GROUP } from '@agentic/api';
import { resolveAccess } from './access';
import { IdentityMapper } from './identity';
import { KubernetesClient } from './KubernetesClient';
import type { AgentWorkloadsSettings } from './settings';

export interface Cluster {
  name: string;
  title?: string;
  /** Namespaces to read; undefined: all. */
  namespaces?: string[];
  client: KubernetesClient;
}

/** The clusters of the portal and the names that its people have there. */
export class AgentWorkloadsClusters {
  private readonly byName: Map<string, Cluster>;
  readonly identity: IdentityMapper;

  constructor(
    readonly settings: Omit<AgentWorkloadsSettings, 'clusters'>,
    clusters: readonly Cluster[],
  ) {
    this.byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
    this.identity = new IdentityMapper(settings.identity);
  }

  static fromSettings(settings: AgentWorkloadsSettings) {
    return new AgentWorkloadsClusters(
      settings,
      settings.clusters.map(({ name, title, namespaces, access }) => ({
        name,
        title,
        namespaces,
        client: new KubernetesClient(resolveAccess(access, name)),
      })),
    );
  }

  list(): Cluster[] {
    return [...this.byName.values()];
  }

  /** @throws NotFoundError for a name that is not configured */
  get(name: string): Cluster {
    const cluster = this.byName.get(name);
    if (!cluster) {
      throw new NotFoundError(
        `There is no cluster "${name}"; the portal has: ${
          [...this.byName.keys()].join(', ') || 'none'
        }`,
      );
    }
    return cluster;
  }

  /** The cluster of a new run: the one named, else the first. */
  forNewRun(name?: string): Cluster {
    if (name !== undefined) {
      return this.get(name);
    }
    const [first] = this.byName.values();
    if (!first) {
      throw new InputError(
        'The portal has no cluster; add one under agentWorkloads.clusters',
      );
    }
    return first;
  }

  async close(): Promise<void> {
    await Promise.all(this.list().map(({ client }) => client.close()));
  }
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
