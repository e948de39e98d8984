import { LABELS } from '@agentic/api';
import type { HttpKubeClient } from './adapters/kube-client';
import { Controller } from './controller/controller';
import { Reflector } from './controller/reflector';
import { Store } from './controller/store';
import type {
  Clock,
  EventRecorder,
  KubeObject,
  Logger,
  PolicyEngine,
  ResourceKind,
} from './ports';
import {
  toCachedApproval,
  toCachedWorkflow,
  toCachedWorkload,
  type CachedApproval,
  type CachedWorkflow,
  type CachedWorkload,
} from './reconcile/cached';
import { KINDS } from './reconcile/kinds';
import { createReconciler } from './reconcile/reconciler';

const RESYNC_MS = 10 * 3_600_000;
/** Bookmarks come once a minute; so long a silence of every kind means the process is stuck. */
const DEAD_AFTER_MS = 15 * 60_000;

export interface OperatorOptions {
  client: HttpKubeClient;
  policy: PolicyEngine;
  events: EventRecorder;
  clock: Clock;
  logger: Logger;
  random: () => number;
  /** Empty for all. */
  watchNamespaces: string[];
  artifactBucket: string;
}

export interface Operator {
  /** Lists, then works; resolves once every cache is whole or the operator is stopped. */
  start(): Promise<void>;
  stop(graceMs?: number): Promise<void>;
  notAliveBecause(): string | undefined;
  notReadyBecause(): Promise<string | undefined>;
}

type AnyReflector = Pick<
  Reflector<unknown, KubeObject>,
  'run' | 'synced' | 'silentForMs'
>;

/** Wires caches, queue and reconciler; knows the kinds, decides nothing. */
export function createOperator(options: OperatorOptions): Operator {
  const { client, clock, logger, random, artifactBucket: bucket } = options;
  const namespaces = options.watchNamespaces.length
    ? options.watchNamespaces
    : [''];
  const stopping = new AbortController();
  const workloads = new Store<CachedWorkload>();
  const workflows = new Store<CachedWorkflow>();
  const approvals = new Store<CachedApproval>(item => item.workloadKey);
  const refusals = new Map<string, string>();
  const workflowFrom = (raw: unknown) => toCachedWorkflow(raw, bucket);

  const reconcile = createReconciler(
    {
      workloads,
      workflows,
      approvals,
      client,
      policy: options.policy,
      refusals,
      bucket,
    },
    {
      client,
      events: options.events,
      bucket,
      logger,
      seenWorkload: raw => workloads.set(toCachedWorkload(raw)),
      seenWorkflow: raw => workflows.set(workflowFrom(raw)),
      refused: (uid, why) =>
        why === undefined ? refusals.delete(uid) : refusals.set(uid, why),
    },
    clock,
  );
  const controller = new Controller({
    name: KINDS.workloads.plural,
    reconcile,
    clock,
    logger,
    random,
    resyncMs: RESYNC_MS,
    keys: () => workloads.keys(),
  });

  function reflect<T extends KubeObject>(
    kind: ResourceKind,
    store: Store<T>,
    transform: (raw: unknown) => T,
    /** Key of the workload that a change concerns. */
    workloadKey: (object: T) => string | undefined,
    labelSelector?: string,
  ): AnyReflector[] {
    return namespaces.map(
      namespace =>
        new Reflector<unknown, T>({
          name: kind.plural,
          source: client.listWatch(kind, namespace, labelSelector),
          store,
          namespace,
          transform,
          onChange: ({ before, after }) => {
            const object = after ?? before;
            const key = object && workloadKey(object);
            if (key) controller.queue.add(key);
          },
          clock,
          logger,
          random,
        }),
    );
  }

  const keyFrom = ({ metadata }: KubeObject, name = metadata.name) =>
    `${metadata.namespace}/${name}`;
  const reflectors: AnyReflector[] = [
    ...reflect(KINDS.workloads, workloads, toCachedWorkload, object => {
      // Asked for every change, a deletion too: nothing may outlive its workload here.
      const { uid = '' } = object.metadata;
      if (!workloads.get(keyFrom(object))) refusals.delete(uid);
      return keyFrom(object);
    }),
    ...reflect(
      KINDS.workflows,
      workflows,
      workflowFrom,
      object =>
        object.ownerName === undefined
          ? undefined
          : keyFrom(object, object.ownerName),
      LABELS.workloadUid,
    ),
    ...reflect(
      KINDS.approvals,
      approvals,
      toCachedApproval,
      object => object.workloadKey,
    ),
  ];

  const synced = () => reflectors.every(reflector => reflector.synced);

  return {
    async start() {
      for (const reflector of reflectors) void reflector.run(stopping.signal);
      while (!synced() && !stopping.signal.aborted) await delay(clock, 50);
      if (stopping.signal.aborted) return;
      logger.info({ workloads: workloads.size }, 'caches are whole, working');
      controller.start();
    },
    async stop(graceMs) {
      stopping.abort();
      const inTime = await controller.stop(graceMs);
      if (!inTime) logger.warn({}, 'stopped with passes still running');
    },
    notAliveBecause: () =>
      reflectors.every(({ silentForMs }) => silentForMs > DEAD_AFTER_MS)
        ? 'the API server has been silent for too long'
        : undefined,
    async notReadyBecause() {
      return synced()
        ? options.policy.notReadyBecause()
        : 'the caches are not whole yet';
    },
  };
}

function delay(clock: Clock, ms: number): Promise<void> {
  return new Promise(resolve => clock.setTimeout(resolve, ms));
}
