import { ConfigReader, type Config } from '@backstage/config';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  connect,
  HttpKubeClient,
  ImpersonatingClient,
  resolveAccess,
  type Access,
} from '@agentworkloads/kube';
import { IdentityMapper } from './identity';
import { readSettings, type AgentWorkloadsSettings } from './settings';

/** @public */
export interface Cluster {
  name: string;
  title?: string;
  /** Namespaces to read; undefined: all. */
  namespaces?: string[];
  client: ImpersonatingClient;
}

/** @throws AccessError that says what to mend in the configuration */
export function openCluster(access: Access, name: string): ImpersonatingClient {
  // A program that a kubeconfig names would run in the process that may act as everybody.
  const login = resolveAccess(access, { programs: 'refuse', name });
  const connection = connect(login);
  return new ImpersonatingClient(
    new HttpKubeClient(connection, { name: 'agent-workloads-portal' }),
    connection,
  );
}

/** The clusters of the portal and the names that its people have there. @public */
export class AgentWorkloadsClusters {
  private readonly byName: Map<string, Cluster>;
  readonly identity: IdentityMapper;

  /** @internal */
  constructor(
    /** @internal */
    readonly settings: Omit<AgentWorkloadsSettings, 'clusters'>,
    clusters: readonly Cluster[],
  ) {
    this.byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
    this.identity = new IdentityMapper(settings.identity);
  }

  /** @internal */
  static fromSettings(settings: AgentWorkloadsSettings) {
    return new AgentWorkloadsClusters(
      settings,
      settings.clusters.map(({ name, title, namespaces, access }) => ({
        name,
        title,
        namespaces,
        client: openCluster(access, name),
      })),
    );
  }

  /**
   * What the configuration says. A mistake in it is kept and said to whoever asks, for our section must not take a portal
   * down that people use for much else.
   */
  static fromConfig(config: Config): AgentWorkloadsClusters {
    try {
      return AgentWorkloadsClusters.fromSettings(readSettings(config));
    } catch (error) {
      const nothing = AgentWorkloadsClusters.fromSettings(
        readSettings(new ConfigReader({})),
      );
      nothing.fault = (error as Error).message;
      return nothing;
    }
  }

  /** Why there are no clusters, where the configuration can't be used. */
  fault?: string;

  /** @throws ServiceUnavailableError where the configuration can't be used */
  assertUsable(): void {
    if (this.fault === undefined) return;
    throw new ServiceUnavailableError(
      `The configuration of agentWorkloads can't be used: ${this.fault}. Who runs the portal must mend it and start the backend again.`,
    );
  }

  list(): Cluster[] {
    return [...this.byName.values()];
  }

  /** @throws NotFoundError for a name that is not configured */
  get(name: string): Cluster {
    this.assertUsable();
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
    this.assertUsable();
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
