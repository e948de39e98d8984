import { LABELS, Timetables, type StartReply } from '@agentworkloads/api';
import {
  Controller,
  Reflector,
  Store,
  type Reconcile,
} from '@agentworkloads/kube';
import type { Accounts } from './admission/expected';
import { createAdmissionProof } from './admission/proof';
import { BoundedMap } from './bounded-map';
import type { OperatorMetrics } from './metrics/metrics';
import type {
  Clock,
  EventRecorder,
  KubeObject,
  ListingClient,
  Logger,
  PolicyEngine,
  ResourceKind,
} from './ports';
import { whatIfStarted, type WhatIfSources } from './policy/what-if';
import { CompletedRuns } from './reconcile/baseline';
import {
  toCachedApproval,
  toCachedWorkflow,
  toCachedWorkload,
  weigh,
  withoutBulk,
  type CachedApproval,
  type CachedWorkflow,
  type CachedWorkload,
} from './reconcile/cached';
import { KINDS } from './reconcile/kinds';
import { createReconciler } from './reconcile/reconciler';
import { OpenedAgain } from './reconcile/opened-again';
import { RunningRuns } from './reconcile/running-runs';
import { toCachedSchedule } from './schedule/cached';
import { createSchedules, type Schedules } from './schedule/controller';
import { untilSynced } from './until-synced';
import { ArgoActivity } from './workflow/argo-activity';

/** After so long a silence of one kind, or so long a failure to follow it, decisions rest on the past. */
const SILENT_AFTER_MS = 3 * 60_000;
const FAILING_AFTER_MS = 30_000;
/** Of specs and status of runs that go on; those beyond are read when they are needed. */
const BULK_BYTES = 48 * 1024 * 1024;
/** A page is in memory as text and as objects at once, and one spec may have 64 KiB. */
const PAGE = 25;
/** As many as are remembered, with a sentence each. One that is forgotten is told again at the next try. */
const REFUSALS = 1_000;
/** Bookmarks come once a minute; so long a silence of every kind means the process is stuck. */
const DEAD_AFTER_MS = 15 * 60_000;

export interface OperatorOptions {
  client: ListingClient;
  policy: PolicyEngine;
  events: EventRecorder;
  clock: Clock;
  logger: Logger;
  random: () => number;
  /** The random part of a Workflow's name: nobody must be able to guess it. */
  randomName: () => string;
  /** Empty for all. */
  watchNamespaces: string[];
  artifactBucket: string;
  /** Of the Argo controller that is to take the Workflows; empty for one without. */
  argoInstanceId: string;
  /** The spec of `workflowDefaults` of that controller: what it may add to a template. */
  argoWorkflowDefaults: Record<string, unknown>;
  /** Who may stand in the lists of the admission policies. */
  accounts: Accounts;
  /** Passes at the same time. */
  workers: number;
  /** A pass that takes longer is told to end. */
  passTimeoutMs: number;
  /** Everything is looked at again this often. */
  resyncMs: number;
  /** Where numbers of all this go; nowhere without. */
  metrics?: OperatorMetrics;
  /** Of several replicas one works; without it this is the only one. */
  election?: {
    /** Resolves once this one works, or is to end. */
    lead(): Promise<void>;
    /** Why nobody can know who leads; undefined while that can be known. */
    problem(): string | undefined;
  };
}

export interface Operator {
  /** Lists, then works; resolves once every cache is whole or the operator is stopped. */
  start(): Promise<void>;
  stop(graceMs?: number): Promise<void>;
  notAliveBecause(): string | undefined;
  notReadyBecause(): Promise<string | undefined>;
  /** @returns what policy `start` would say; undefined where that is no question */
  whatIfStarted(question: unknown): Promise<StartReply | undefined>;
}

type AnyReflector = Pick<
  Reflector<unknown, KubeObject>,
  'run' | 'synced' | 'silentForMs' | 'failing' | 'what'
>;

interface Caches {
  workloads: Store<CachedWorkload>;
  workflows: Store<CachedWorkflow>;
  approvals: Store<CachedApproval>;
  argo: ArgoActivity;
  running: RunningRuns;
  completed: CompletedRuns;
  opened: OpenedAgain;
  /** Why Workflows were refused, by uid of their workload. */
  refusals: Map<string, string>;
}

function keyFrom(
  { metadata }: KubeObject,
  name: string = metadata.name,
): string {
  return `${metadata.namespace}/${name}`;
}

/** Reflectors of one kind, one for each namespace that is watched. */
function reflect<T extends KubeObject>(
  options: OperatorOptions,
  kind: ResourceKind,
  parts: {
    store: Store<T>;
    transform: (raw: unknown) => T;
    onChange: (object: T, before?: T, after?: T) => void;
    labelSelector?: string;
  },
): AnyReflector[] {
  const { client, clock, logger, random, watchNamespaces, metrics } = options;
  const namespaces = watchNamespaces.length ? watchNamespaces : [''];
  return namespaces.map(namespace => {
    const reflector = new Reflector<unknown, T>({
      name: kind.plural,
      observer: metrics?.watches.observer(kind.plural, namespace),
      source: client.listWatch(kind, namespace, parts.labelSelector),
      pageSize: PAGE,
      store: parts.store,
      namespace,
      transform: parts.transform,
      onChange: ({ before, after }) => {
        const object = after ?? before;
        if (object) parts.onChange(object, before, after);
      },
      clock,
      logger,
      random,
    });
    metrics?.watches.follow(kind.plural, namespace, reflector);
    return reflector;
  });
}

/** What others have to know of a run, for a start to be judged. */
function sawRun(
  { completed, running, opened }: Caches,
  before: CachedWorkload | undefined,
  after: CachedWorkload | undefined,
): void {
  completed.saw(before, after);
  // Before it is counted that a place is free: who is woken may be opened again.
  opened.saw(before, after);
  running.saw(before, after);
}

/** Every change leads to the workload that it concerns, and those of a schedule's runs to the schedule. */
function reflectAll(
  options: OperatorOptions,
  caches: Caches,
  schedules: Schedules,
  enqueue: (workloadKey: string) => void,
): { ofRuns: AnyReflector[]; ofSchedules: AnyReflector[] } {
  const { workloads, workflows, approvals, argo } = caches;
  const ofSchedules = reflect(options, KINDS.schedules, {
    store: schedules.store,
    transform: toCachedSchedule,
    onChange: object => schedules.controller.queue.add(keyFrom(object)),
  });
  const ofRuns = [
    ...reflect(options, KINDS.workloads, {
      store: workloads,
      transform: toCachedWorkload,
      onChange: (object, before, after) => {
        sawRun(caches, before, after);
        schedules.runs.saw(before?.scheduled, after?.scheduled);
        enqueue(keyFrom(object));
      },
    }),
    ...reflect(options, KINDS.workflows, {
      store: workflows,
      transform: raw => toCachedWorkflow(raw, options.artifactBucket),
      onChange: (object, before) => {
        const { ownerName, touched } = object;
        if (touched) argo.saw(before?.touched, touched, options.clock.now());
        if (ownerName !== undefined) enqueue(keyFrom(object, ownerName));
      },
      labelSelector: LABELS.workloadUid,
    }),
    ...reflect(options, KINDS.approvals, {
      store: approvals,
      transform: toCachedApproval,
      onChange: ({ workloadKey }) => {
        if (workloadKey !== undefined) enqueue(workloadKey);
      },
    }),
  ];
  return { ofRuns, ofSchedules };
}

function reconcilerOn(
  options: OperatorOptions,
  caches: Caches,
  { runs }: Schedules,
): Reconcile {
  const { client, events, logger, artifactBucket: bucket } = options;
  const { workloads, workflows, approvals, refusals } = caches;
  return createReconciler(
    {
      ...caches,
      client,
      policy: options.policy,
      admission: createAdmissionProof(options),
      bucket,
      workflowDefaults: options.argoWorkflowDefaults,
      random: options.randomName,
    },
    {
      client,
      events,
      bucket,
      instanceId: options.argoInstanceId,
      logger,
      seenWorkload: raw => {
        const seen = toCachedWorkload(raw);
        const { before, taken } = workloads.refresh(seen);
        if (!taken) return;
        sawRun(caches, before, seen);
        runs.saw(before?.scheduled, seen.scheduled);
      },
      seenWorkflow: raw => workflows.refresh(toCachedWorkflow(raw, bucket)),
      seenApproval: raw => approvals.refresh(toCachedApproval(raw)),
      refused: (uid, why) =>
        why === undefined ? refusals.delete(uid) : refusals.set(uid, why),
    },
    options.clock,
    options.metrics?.runs.recorded,
  );
}

/** @param enqueue has a workload looked at again, by its key */
function createCaches(enqueue: (key: string) => void): Caches {
  return {
    workloads: new Store(undefined, {
      bytes: BULK_BYTES,
      weigh,
      withoutBulk,
    }),
    workflows: new Store(),
    // Of one that was answered and tied to its run nobody asks any more.
    approvals: new Store(({ approval, workloadKey }) =>
      approval ? workloadKey : undefined,
    ),
    argo: new ArgoActivity(),
    running: new RunningRuns(enqueue),
    completed: new CompletedRuns(),
    opened: new OpenedAgain(),
    refusals: new BoundedMap(REFUSALS),
  };
}

/** Wires caches, queue and reconciler; knows the kinds, decides nothing. */
export function createOperator(options: OperatorOptions): Operator {
  const { clock, logger, random, metrics } = options;
  const stopping = new AbortController();
  const caches = createCaches(key => enqueue(key));
  const schedules = createSchedules(
    { ...options, timetables: new Timetables() },
    caches.workloads,
  );
  const name = KINDS.workloads.plural;
  const controller = new Controller({
    name,
    observer: metrics?.controllers.observer(name),
    reconcile: reconcilerOn(options, caches, schedules),
    clock,
    logger,
    random,
    workers: options.workers,
    timeoutMs: options.passTimeoutMs,
    resyncMs: options.resyncMs,
    keys: () => caches.workloads.keys(),
  });
  const enqueue = (key: string) => controller.queue.add(key);
  const { ofRuns, ofSchedules } = reflectAll(
    options,
    caches,
    schedules,
    enqueue,
  );
  const reflectors = [...ofRuns, ...ofSchedules];

  return {
    async start() {
      for (const reflector of reflectors) void reflector.run(stopping.signal);
      await untilSynced(ofRuns, clock, stopping.signal);
      // With whole caches, so that it can begin at once.
      await options.election?.lead();
      if (stopping.signal.aborted) return;
      // Not of one that waits: its queue is nobody's work, and each run would be counted twice.
      metrics?.controllers.follow(name, controller.queue, options.workers);
      metrics?.runs.follow(caches);
      // Runs and their gates need no schedule: a cluster may lack its CRD after an upgrade.
      logger.info(
        { workloads: caches.workloads.size },
        'caches of runs are whole, working on them',
      );
      controller.start();
      await startSchedules(schedules, ofSchedules, options, stopping.signal);
    },
    async stop(graceMs) {
      stopping.abort();
      const controllers = [controller, schedules.controller];
      const inTime = await Promise.all(
        controllers.map(one => one.stop(graceMs)),
      );
      if (inTime.includes(false))
        logger.warn({}, 'stopped with passes still running');
    },
    async whatIfStarted(question) {
      if (ofRuns.some(({ synced }) => !synced)) {
        return { kind: 'unavailable', cause: 'the caches are not whole yet' };
      }
      const { policy } = options;
      const { running } = caches;
      const beside: WhatIfSources['beside'] = place =>
        running.beside('', place);
      return whatIfStarted({ policy, beside }, question);
    },
    notAliveBecause: () =>
      reflectors.every(({ silentForMs }) => silentForMs > DEAD_AFTER_MS)
        ? 'the API server has been silent for too long'
        : undefined,
    notReadyBecause: async () =>
      notWhole(reflectors) ??
      reflectors.map(notFollowed).find(why => why !== undefined) ??
      options.election?.problem() ??
      options.policy.notReadyBecause(),
  };
}

async function startSchedules(
  { store, controller }: Schedules,
  reflectors: readonly AnyReflector[],
  { clock, logger }: OperatorOptions,
  signal: AbortSignal,
): Promise<void> {
  await untilSynced(reflectors, clock, signal, why =>
    logger.error(
      { why },
      'schedules start no run, all else works: if their CRD is missing, apply deploy/crds, and deploy/rbac',
    ),
  );
  if (signal.aborted) return;
  logger.info(
    { schedules: store.size },
    'caches are whole, schedules start runs',
  );
  controller.start();
}

function notWhole(reflectors: readonly AnyReflector[]): string | undefined {
  const missing = reflectors.find(({ synced }) => !synced);
  if (!missing) return undefined;
  const { what, failing } = missing;
  const why = failing ? `: ${what} can't be followed: ${failing}` : '';
  return `the caches are not whole yet${why}`;
}

/** Why what a reflector follows can't be relied upon; undefined when it can. */
function notFollowed(reflector: AnyReflector): string | undefined {
  const { what, failing, silentForMs } = reflector;
  if (failing && silentForMs > FAILING_AFTER_MS) {
    return `${what} can't be followed: ${failing}`;
  }
  return silentForMs > SILENT_AFTER_MS
    ? `nothing was heard of ${what} for ${Math.round(silentForMs / 1000)} s`
    : undefined;
}
