import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  agentApprovalSchema,
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
  RESOURCES,
  type Cluster,
  type IdentityMapper,
  type KubernetesObject,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { toWorkloadResource, type WorkloadResource } from '../permissions';
import { readWorkflow, type RunWorkflow } from '../runs/readWorkflow';
import { toListItem } from '../runs/toListItem';
import { Reflector, type ReflectorOptions } from './Reflector';

/** One run as the list and the permission rules need it, made once a change. */
export interface RunEntry {
  workload: AgentWorkload;
  item: RunListItem;
  resource: WorkloadResource;
}

export type ReflectorTools = Pick<ReflectorOptions, 'sleep' | 'random' | 'now'>;

/** What the portal knows of one cluster, kept by watching. While the cluster is away the last known stays. */
export class ClusterCache {
  private readonly runs = new Map<string, RunEntry>();
  /** By uid of the workload. */
  private readonly workflows = new Map<string, RunWorkflow>();
  /** By uid of the workload, then by name. */
  private readonly approvals = new Map<string, Map<string, AgentApproval>>();
  private readonly reflectors: Reflector[];
  private readonly abort = new AbortController();

  constructor(
    private readonly cluster: Cluster,
    private readonly identity: IdentityMapper,
    private readonly logger: LoggerService,
    /** Called with what changed, never with data. */
    private readonly notify: (ref: RunRef) => void,
    tools: ReflectorTools,
  ) {
    const sinks = [
      {
        type: RESOURCES.workloads,
        upsert: (object: KubernetesObject) => this.putWorkload(object),
        remove: (object: KubernetesObject) => this.dropWorkload(object),
      },
      {
        type: RESOURCES.workflows,
        labelSelector: LABELS.workloadUid,
        upsert: (object: KubernetesObject) => this.putWorkflow(object),
        remove: (object: KubernetesObject) => this.dropWorkflow(object),
      },
      {
        type: RESOURCES.approvals,
        upsert: (object: KubernetesObject) => this.putApproval(object),
        remove: (object: KubernetesObject) => this.dropApproval(object),
      },
    ];
    const namespaces: (string | undefined)[] = cluster.namespaces ?? [
      undefined,
    ];
    this.reflectors = namespaces.flatMap(namespace =>
      sinks.map(
        ({ type, labelSelector, upsert, remove }) =>
          new Reflector({
            client: cluster.client,
            type,
            namespace,
            labelSelector,
            sink: { upsert, remove },
            logger,
            ...tools,
          }),
      ),
    );
  }

  start(): void {
    for (const reflector of this.reflectors) {
      reflector.run(this.abort.signal).catch(error => {
        this.logger.error(`A watch of ${this.cluster.name} ended`, error);
      });
    }
  }

  stop(): void {
    this.abort.abort();
  }

  getState(): ClusterState {
    const states = this.reflectors.map(reflector => reflector.getState());
    const error = states.find(state => state.error)?.error;
    return {
      name: this.cluster.name,
      synced: states.every(state => state.synced),
      ...(error ? { error } : {}),
    };
  }

  entries(): IterableIterator<RunEntry> {
    return this.runs.values();
  }

  get(namespace: string, name: string): RunEntry | undefined {
    return this.runs.get(`${namespace}/${name}`);
  }

  workflowOf(workloadUid: string): RunWorkflow | undefined {
    return this.workflows.get(workloadUid);
  }

  approvalsOf(workloadUid: string): AgentApproval[] {
    return [...(this.approvals.get(workloadUid)?.values() ?? [])];
  }

  /** The first list is thousands of changes that nobody waits for. */
  private changed(ref: RunRef): void {
    if (this.getState().synced) {
      this.notify(ref);
    }
  }

  private putWorkload(object: KubernetesObject): void {
    const workload = this.parse('AgentWorkload', object, raw =>
      agentWorkloadSchema.safeParse(raw),
    );
    if (!workload) {
      this.dropWorkload(object);
      return;
    }
    const ref = this.ref(workload.metadata.namespace, workload.metadata.name);
    this.runs.set(`${ref.namespace}/${ref.name}`, {
      workload,
      item: toListItem(this.cluster.name, workload),
      resource: toWorkloadResource(ref, workload, this.identity),
    });
    this.changed(ref);
  }

  private dropWorkload({ metadata }: KubernetesObject): void {
    const namespace = metadata.namespace ?? '';
    if (this.runs.delete(`${namespace}/${metadata.name}`)) {
      this.changed(this.ref(namespace, metadata.name));
    }
  }

  private putWorkflow(object: KubernetesObject): void {
    const uid = object.metadata.labels?.[LABELS.workloadUid];
    const workflow = readWorkflow(object);
    if (!uid || !workflow) {
      return;
    }
    this.workflows.set(uid, workflow);
    this.changedByLabel(object);
  }

  private dropWorkflow(object: KubernetesObject): void {
    const uid = object.metadata.labels?.[LABELS.workloadUid];
    if (uid && this.workflows.get(uid)?.uid === object.metadata.uid) {
      this.workflows.delete(uid);
      this.changedByLabel(object);
    }
  }

  private changedByLabel({ metadata }: KubernetesObject): void {
    const name = metadata.labels?.[LABELS.workloadName];
    if (name) {
      this.changed(this.ref(metadata.namespace ?? '', name));
    }
  }

  private putApproval(object: KubernetesObject): void {
    const approval = this.parse('AgentApproval', object, raw =>
      agentApprovalSchema.safeParse(raw),
    );
    if (!approval) {
      return;
    }
    const { uid, name } = approval.spec.workloadRef;
    const known = this.approvals.get(uid) ?? new Map<string, AgentApproval>();
    known.set(approval.metadata.name, approval);
    this.approvals.set(uid, known);
    this.changed(this.ref(approval.metadata.namespace, name));
  }

  private dropApproval({ metadata }: KubernetesObject): void {
    for (const [uid, known] of this.approvals) {
      const approval = known.get(metadata.name);
      if (approval?.metadata.namespace === metadata.namespace && approval) {
        known.delete(metadata.name);
        if (known.size === 0) {
          this.approvals.delete(uid);
        }
        this.changed(
          this.ref(approval.metadata.namespace, approval.spec.workloadRef.name),
        );
        return;
      }
    }
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
