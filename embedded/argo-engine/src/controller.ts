import {
  apiStatus,
  Controller as Workers,
  keyOf,
  Reflector,
  sleep,
  Store,
  type Clock,
  type KubernetesObject,
  type Logger,
  type ReconcileResult,
  type ResourceKind,
} from '@agentworkloads/kube';
import { KINDS, removeOne, type Cluster } from './cluster';
import { isFulfilled, LABELS, type Pod, type Workflow } from './core/model';
import { next, type Observed, type Outcome } from './core/next';
import { readReferences } from './references';
import { imageProblem, type ImageMap } from './runner/images';
import type { Runner } from './runner/runner';

export interface ControllerOptions {
  cluster: Cluster;
  runner: Runner;
  images: ImageMap;
  logger: Logger;
  /** Workflows whose steps may run at the same time; more wait as Pending, as under Argo's `parallelism`. */
  parallelism: number;
  clock: Clock;
  /** In [0, 1). */
  random(): number;
  signal: AbortSignal;
}

/** The API server is on the same machine: nobody else waits for it, and people wait for us. */
const LONGEST_WAIT_MS = 5_000;
/** How far the cache may be behind what was written a moment ago. */
const CACHE_LAG_MS = 100;
const END_GRACE_MS = 5_000;

/** The key of the Workflow that a Pod is a step of. */
const workflowOf = ({ metadata }: KubernetesObject) =>
  `${metadata.namespace}/${metadata.labels?.[LABELS.workflow]}`;

/** Follows Workflows and their Pods and carries out what {@link next} says. Settles when the signal ends it. */
export function runController(options: ControllerOptions): Promise<void> {
  return new Controller(options).run();
}

class Controller {
  private readonly workers: Workers;
  private readonly workflows = new Store<KubernetesObject>();
  private readonly pods = new Store<KubernetesObject>(workflowOf);
  private recovered = false;

  constructor(private readonly options: ControllerOptions) {
    const { clock, logger, random } = options;
    this.workers = new Workers({
      name: 'workflows',
      reconcile: (key, signal) => this.reconcile(key, signal),
      failureBackoff: { baseMs: 20, maxMs: LONGEST_WAIT_MS },
      clock,
      logger,
      random,
    });
  }

  async run(): Promise<void> {
    const { clock, runner, signal, logger } = this.options;
    const reflectors = this.follow();
    const following = Promise.all(reflectors.map(one => one.run(signal)));
    while (!signal.aborted && !reflectors.every(one => one.synced)) {
      await sleep(clock, 20, signal);
    }
    if (!signal.aborted) {
      await runner.recover(this.allPods());
      this.recovered = true;
      this.workers.start();
      this.allPods().forEach(pod => runner.sync(pod));
      logger.info({ workflows: this.workflows.size }, 'workflow engine ready');
    }
    await following;
    await this.workers.stop(END_GRACE_MS);
    await runner.close();
  }

  private follow(): Pick<
    Reflector<unknown, KubernetesObject>,
    'run' | 'synced'
  >[] {
    const { runner } = this.options;
    const { queue } = this.workers;
    const changed = (object: KubernetesObject) => queue.add(keyOf(object));
    const seen = (pod: KubernetesObject) => {
      if (this.recovered) runner.sync(pod as unknown as Pod);
      queue.add(workflowOf(pod));
    };
    const gone = (pod: KubernetesObject) => {
      runner.forget(pod as unknown as Pod);
      queue.add(workflowOf(pod));
    };
    return [
      this.reflector(KINDS.workflows, this.workflows, changed, changed),
      this.reflector(KINDS.pods, this.pods, seen, gone, LABELS.workflow),
    ];
  }

  private reflector(
    kind: ResourceKind,
    store: Store<KubernetesObject>,
    seen: (object: KubernetesObject) => void,
    gone: (object: KubernetesObject) => void,
    labelSelector?: string,
  ): Reflector<unknown, KubernetesObject> {
    const { cluster, clock, logger, random } = this.options;
    return new Reflector({
      name: kind.plural,
      source: cluster.listWatch(kind, '', labelSelector),
      store,
      transform: raw => raw as KubernetesObject,
      onChange: ({ before, after }) => {
        if (after) seen(after);
        else if (before) gone(before);
      },
      failureBackoff: { baseMs: 200, maxMs: LONGEST_WAIT_MS },
      clock,
      logger,
      random,
    });
  }

  private allPods(): Pod[] {
    return [...this.pods.values()] as unknown as Pod[];
  }

  private async reconcile(
    key: string,
    signal: AbortSignal,
  ): Promise<ReconcileResult> {
    const { cluster, clock, images } = this.options;
    const workflow = this.workflows.get(key) as unknown as Workflow | undefined;
    if (!workflow || workflow.metadata.deletionTimestamp) {
      this.wakeWaiting(key);
      return {};
    }
    const fresh = !workflow.status?.startedAt;
    const observed: Observed = {
      pods: this.pods.byIndex(key) as unknown as Pod[],
      checkImage: container => imageProblem(images, container),
      postponed: fresh && this.isFull(key),
      ...(fresh ? await readReferences(cluster, workflow) : {}),
    };
    const outcome = next(workflow, observed, new Date(clock.now()));
    return this.apply(workflow, outcome, signal);
  }

  private async apply(
    workflow: Workflow,
    outcome: Outcome,
    signal: AbortSignal,
  ): Promise<ReconcileResult> {
    const { cluster, clock, runner } = this.options;
    if (outcome.workflow) {
      // First the record, then the deed: what a crash leaves undone the next pass sees and does.
      await this.write(workflow, outcome.workflow, signal);
    }
    for (const pod of outcome.createPods) {
      await this.createPod(pod, signal);
    }
    for (const pod of outcome.stopPods) {
      runner.stop(workflow.metadata.namespace, pod);
    }
    if (outcome.deleteWorkflow) {
      await removeOne(cluster, KINDS.workflows, workflow.metadata);
    }
    if (outcome.workflow) this.wakeWaiting(keyOf(workflow));
    const { requeueAt } = outcome;
    return requeueAt
      ? { requeueAfterMs: requeueAt.getTime() - clock.now() }
      : {};
  }

  private async write(
    before: Workflow,
    after: Workflow,
    signal: AbortSignal,
  ): Promise<void> {
    const { cluster, logger } = this.options;
    await cluster.replace(KINDS.workflows, after, signal);
    const phase = after.status?.phase;
    if (phase !== before.status?.phase) {
      logger.info({ workflow: keyOf(before), phase }, 'workflow');
    }
  }

  private async createPod(pod: Pod, signal: AbortSignal): Promise<void> {
    const { namespace } = pod.metadata;
    try {
      await this.options.cluster.create(KINDS.pods, namespace, pod, signal);
    } catch (error) {
      // Ours from a moment ago, or that of a namesake which the garbage collector is about to remove.
      if (apiStatus(error) !== 409) throw error;
    }
  }

  /** Other Workflows with a step that runs; one that waits at its gate leaves its place to others. */
  private isFull(key: string): boolean {
    const active = [...this.workflows.values()].filter(
      item =>
        keyOf(item) !== key &&
        Object.values((item as unknown as Workflow).status?.nodes ?? {}).some(
          node => node.type === 'Pod' && !isFulfilled(node),
        ),
    );
    return active.length >= this.options.parallelism;
  }

  /** A place may have become free; the cache learns of it a moment later. */
  private wakeWaiting(key: string): void {
    for (const item of this.workflows.values()) {
      const { status } = item as unknown as Workflow;
      if (status?.phase === 'Pending' && keyOf(item) !== key) {
        this.workers.queue.addAfter(keyOf(item), CACHE_LAG_MS);
      }
    }
  }
}
