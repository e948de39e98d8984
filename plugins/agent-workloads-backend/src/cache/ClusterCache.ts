import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  agentApprovalSchema,
  agentWorkloadScheduleSchema,
  agentWorkloadSchema,
  LABELS,
  type AgentApproval,
  type AgentWorkload,
} from '@agentworkloads/api';
import type {
  ClusterState,
  RunListItem,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  type Cluster,
  type IdentityMapper,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { RESOURCES } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import {
  Reflector,
  Store,
  type KubeMeta,
  type KubeObject,
  type KubernetesObject,
  type ReflectorOptions,
  type ResourceKind,
} from '@agentworkloads/kube';
import type { PortalMetrics, WatchState } from '../metrics/portalMetrics';
import { toWorkloadResource, type WorkloadResource } from '../permissions';
import { toScheduleEntry, type ScheduleEntry } from '../schedules/entry';
import { readWorkflow, type RunWorkflow } from '../runs/readWorkflow';
import type { RunIndex } from '../runs/RunIndex';
import { toListItem } from '../runs/toListItem';
import { problemOf, watchLogger } from './watchLogger';

/** One run as the list and the permission rules need it, made once a change. */
export interface RunEntry {
  workload: AgentWorkload;
  item: RunListItem;
  resource: WorkloadResource;
}

export type ReflectorTools = Pick<
  ReflectorOptions<unknown, KubeObject>,
  'clock' | 'random'
> & { metrics?: Pick<PortalMetrics, 'observerOf'> };

const PAGE = 500;

/** Without what could not be read: it is known of, and not shown. */
interface CachedRun extends KubeObject {
  entry?: RunEntry;
}

interface CachedSchedule extends KubeObject {
  entry?: ScheduleEntry;
}

interface CachedWorkflow extends KubeObject {
  workloadUid?: string;
  workloadName?: string;
  workflow?: RunWorkflow;
}

interface CachedApproval extends KubeObject {
  approval?: AgentApproval;
}

/** What is shown on one page is known or not whatever becomes of the other. */
export type Part = 'runs' | 'schedules';

interface Watched {
  part: Part;
  kind: ResourceKind;
  namespace: string;
  reflector: Pick<
    Reflector<unknown, KubeObject>,
    'run' | 'synced' | 'failure' | 'silentForMs'
  >;
}

const identityOf = ({ metadata }: KubernetesObject): KubeMeta => {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { name, namespace, uid, resourceVersion };
};

/** What the portal knows of one cluster, kept by watching. While the cluster is away the last known stays. */
export class ClusterCache {
  private readonly runs = new Store<CachedRun>();
  private readonly scheduled = new Store<CachedSchedule>();
  private readonly workflows = new Store<CachedWorkflow>(
    ({ workflow, workloadUid }) => workflow && workloadUid,
  );
  private readonly approvals = new Store<CachedApproval>(
    ({ approval }) => approval?.spec.workloadRef.uid,
  );
  private readonly watched: Watched[];
  private readonly abort = new AbortController();

  constructor(
    private readonly cluster: Cluster,
    private readonly identity: IdentityMapper,
    private readonly logger: LoggerService,
    /** Called with what changed, never with data. */
    private readonly notify: (ref: RunRef) => void,
    private readonly tools: ReflectorTools,
    private readonly index?: Pick<RunIndex, 'change'>,
  ) {
    const namespaces = cluster.namespaces ?? [''];
    this.watched = namespaces.flatMap(namespace => [
      this.watch(RESOURCES.workloads, namespace, this.runs, {
        transform: object => this.toRun(object),
        runOf: ({ metadata }) => metadata.name,
        keep: (which, after) =>
          this.index?.change(
            this.ref(which.namespace ?? '', which.name),
            after?.entry,
          ),
      }),
      this.watch(RESOURCES.workflows, namespace, this.workflows, {
        transform: toCachedWorkflow,
        runOf: ({ workloadName }) => workloadName,
        labelSelector: LABELS.workloadUid,
      }),
      this.watch(RESOURCES.approvals, namespace, this.approvals, {
        transform: object => this.toCachedApproval(object),
        runOf: ({ approval }) => approval?.spec.workloadRef.name,
      }),
      this.watch(RESOURCES.schedules, namespace, this.scheduled, {
        part: 'schedules',
        transform: object => this.toSchedule(object),
        runOf: ({ metadata }) => metadata.name,
      }),
    ]);
  }

  private watch<T extends KubeObject>(
    kind: ResourceKind,
    namespace: string,
    store: Store<T>,
    parts: {
      transform: (object: KubernetesObject) => T;
      part?: Part;
      /** The name of the run that an object belongs to; of a schedule, its own. */
      runOf: (object: T) => string | undefined;
      /** Told before anybody else of what is there now, or gone. */
      keep?: (which: KubeMeta, after?: T) => void;
      labelSelector?: string;
    },
  ): Watched {
    const part = parts.part ?? 'runs';
    const { clock, random, metrics } = this.tools;
    const reflector = new Reflector<unknown, T>({
      name: kind.plural,
      source: this.cluster.client.listWatch(
        kind,
        namespace,
        parts.labelSelector,
      ),
      store,
      namespace,
      pageSize: PAGE,
      transform: raw => parts.transform(raw as KubernetesObject),
      onChange: ({ before, after }) => {
        const object = after ?? before;
        const name = object && parts.runOf(object);
        if (object) parts.keep?.(object.metadata, after);
        if (name !== undefined) {
          this.changed(this.ref(object?.metadata.namespace ?? '', name), part);
        }
      },
      logger: watchLogger(this.logger, kind),
      observer: metrics?.observerOf(this.cluster.name, kind.plural, namespace),
      clock,
      random,
    });
    return { part, kind, namespace, reflector };
  }

  start(): void {
    for (const { kind, reflector } of this.watched) {
      reflector.run(this.abort.signal).catch(error => {
        this.logger.error(
          `The watch of ${kind.plural} in ${this.cluster.name} ended`,
          error,
        );
      });
    }
  }

  stop(): void {
    this.abort.abort();
  }

  getState(part: Part = 'runs'): ClusterState {
    const watched = this.watched.filter(one => one.part === part);
    const failed = watched.find(
      ({ reflector }) => reflector.failure !== undefined,
    );
    return {
      name: this.cluster.name,
      synced: watched.every(({ reflector }) => reflector.synced),
      ...(failed
        ? { error: problemOf(failed.reflector.failure, failed.kind) }
        : {}),
    };
  }

  watches(): WatchState[] {
    return this.watched.map(({ kind, namespace, reflector }) => ({
      cluster: this.cluster.name,
      kind: kind.plural,
      namespace,
      synced: reflector.synced,
      failing: reflector.failure !== undefined,
      silentForMs: reflector.silentForMs,
    }));
  }

  entries(): RunEntry[] {
    return [...this.runs.values()].flatMap(({ entry }) => entry ?? []);
  }

  schedules(): ScheduleEntry[] {
    return [...this.scheduled.values()].flatMap(({ entry }) => entry ?? []);
  }

  get(namespace: string, name: string): RunEntry | undefined {
    return this.runs.get(`${namespace}/${name}`)?.entry;
  }

  workflowOf(workloadUid: string): RunWorkflow | undefined {
    return this.workflows.byIndex(workloadUid).at(-1)?.workflow;
  }

  approvalsOf(workloadUid: string): AgentApproval[] {
    return this.approvals
      .byIndex(workloadUid)
      .flatMap(({ approval }) => approval ?? []);
  }

  /** The first list is thousands of changes that nobody waits for. */
  private changed(ref: RunRef, part: Part): void {
    if (this.getState(part).synced) {
      this.notify(ref);
    }
  }

  private toRun(object: KubernetesObject): CachedRun {
    const metadata = identityOf(object);
    const workload = this.parse('AgentWorkload', object, raw =>
      agentWorkloadSchema.safeParse(raw),
    );
    if (!workload) {
      return { metadata };
    }
    const ref = this.ref(workload.metadata.namespace, workload.metadata.name);
    return {
      metadata,
      entry: {
        workload,
        item: toListItem(this.cluster.name, workload, this.identity),
        resource: toWorkloadResource(ref, workload, this.identity),
      },
    };
  }

  private toSchedule(object: KubernetesObject): CachedSchedule {
    const schedule = this.parse('AgentWorkloadSchedule', object, raw =>
      agentWorkloadScheduleSchema.safeParse(raw),
    );
    return {
      metadata: identityOf(object),
      entry:
        schedule && toScheduleEntry(this.cluster.name, schedule, this.identity),
    };
  }

  private toCachedApproval(object: KubernetesObject): CachedApproval {
    return {
      metadata: identityOf(object),
      approval: this.parse('AgentApproval', object, raw =>
        agentApprovalSchema.safeParse(raw),
      ),
    };
  }

  private ref(namespace: string, name: string): RunRef {
    return { cluster: this.cluster.name, namespace, name };
  }

  private parse<T>(
    kind: string,
    object: KubernetesObject,
    parse: (
      raw: unknown,
    ) => { success: true; data: T } | { success: false; error: Error },
  ): T | undefined {
    const { managedFields: _, ...metadata } = object.metadata;
    const parsed = parse({
      // Items of some lists carry neither.
      apiVersion: 'agentworkloads.io/v1alpha1',
      kind,
      ...object,
      metadata,
    });
    if (!parsed.success) {
      this.logger.warn(
        `${kind} ${metadata.namespace}/${metadata.name} of cluster ${this.cluster.name} can't be read and is not shown: ${parsed.error.message}`,
      );
      return undefined;
    }
    return parsed.data;
  }
}

function toCachedWorkflow(object: KubernetesObject): CachedWorkflow {
  const { labels } = object.metadata;
  return {
    metadata: identityOf(object),
    workloadUid: labels?.[LABELS.workloadUid],
    workloadName: labels?.[LABELS.workloadName],
    workflow: readWorkflow(object),
  };
}
