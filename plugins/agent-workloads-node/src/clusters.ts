import { InputError, NotFoundError } from '@backstage/errors';
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
