import {
  pause,
  startInformer,
  type Informer,
  type Logger,
  KubeError,
  RESOURCES,
  type KubeObject,
  type KubePort,
} from '@agentworkloads/kube-client';
import { isFulfilled, LABELS, type Pod, type Workflow } from './core/model';
import { next, type Observed, type Outcome } from './core/next';
import { readReferences } from './references';
import { imageProblem, type ImageMap } from './runner/images';
import type { Runner } from './runner/runner';
import { WorkQueue } from './work-queue';

export interface ControllerOptions {
  port: KubePort;
  runner: Runner;
  images: ImageMap;
  logger: Logger;
  /** Workflows whose steps may run at the same time; more wait as Pending, as under Argo's `parallelism`. */
  parallelism: number;
  now(): Date;
  signal: AbortSignal;
}

const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
const CONFLICT_RETRY_MS = 100;

const keyOf = ({
  metadata,
}: {
  metadata: { namespace?: string; name: string };
}) => `${metadata.namespace}/${metadata.name}`;

const podKey = (pod: KubeObject) =>
  `${pod.metadata.namespace}/${pod.metadata.labels?.[LABELS.workflow]}`;

/** Follows Workflows and their Pods and carries out what {@link next} says. Settles when the signal ends it. */
export function runController(options: ControllerOptions): Promise<void> {
  return new Controller(options).run();
}

class Controller {
  private readonly queue = new WorkQueue({
    work: key => this.reconcile(key),
    pauseAfter: (key, error, failures) => this.pauseAfter(key, error, failures),
  });
  private readonly workflows: Informer;
  private readonly pods: Informer;
  private recovered = false;

  constructor(private readonly options: ControllerOptions) {
    const { port, logger, signal, runner } = options;
    const changed = (object: KubeObject) => this.queue.add(keyOf(object));
    this.workflows = startInformer({
      port,
      resource: RESOURCES.workflows,
      logger,
      signal,
      onChange: changed,
      onDelete: changed,
    });
    this.pods = startInformer({
      port,
      resource: RESOURCES.pods,
      labelSelector: LABELS.workflow,
      logger,
      signal,
      onChange: object => {
        if (this.recovered) runner.sync(object as Pod);
        this.queue.add(podKey(object));
      },
      onDelete: object => {
        runner.forget(object as Pod);
        this.queue.add(podKey(object));
      },
    });
  }

  async run(): Promise<void> {
    const { runner, signal, logger } = this.options;
    await Promise.race([
      Promise.all([this.workflows.synced, this.pods.synced]),
      pause(2 ** 31 - 1, signal),
    ]);
    if (!signal.aborted) {
      await runner.recover(this.pods.items() as unknown as Pod[]);
      this.recovered = true;
      this.queue.start();
      this.pods.items().forEach(pod => runner.sync(pod as unknown as Pod));
      this.workflows.items().forEach(item => this.queue.add(keyOf(item)));
      logger.info(
        { workflows: this.workflows.items().length },
        'workflow engine ready',
      );
    }
    await Promise.all([this.workflows.done, this.pods.done]);
    this.queue.stop();
    await runner.close();
  }

  private pauseAfter(key: string, error: unknown, failures: number): number {
    if (error instanceof KubeError && error.status === 409) {
      return CONFLICT_RETRY_MS;
    }
    this.options.logger.error(
      { workflow: key, error: (error as Error).message },
      'pass failed, trying again',
    );
    return Math.min(RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
  }

  private async reconcile(key: string): Promise<void> {
    const { port, images, now } = this.options;
    const [namespace, name] = key.split('/');
    const workflow = this.workflows.get(namespace, name) as
      | Workflow
      | undefined;
    if (!workflow || workflow.metadata.deletionTimestamp) {
      this.wakeWaiting(key);
      return;
    }
    const fresh = !workflow.status?.startedAt;
    const observed: Observed = {
      pods: this.pods
        .items()
        .filter(pod => podKey(pod) === key) as unknown as Pod[],
      checkImage: container => imageProblem(images, container),
      postponed: fresh && this.isFull(key),
      ...(fresh ? await readReferences(port, workflow) : {}),
    };
    await this.apply(workflow, next(workflow, observed, now()));
  }

  private async apply(workflow: Workflow, outcome: Outcome): Promise<void> {
    const { port, runner, now } = this.options;
    const key = keyOf(workflow);
    if (outcome.workflow) {
      // First the record, then the deed: what a crash leaves undone the next pass sees and does.
      await this.write(workflow, outcome.workflow);
    }
    for (const pod of outcome.createPods) {
      await this.createPod(pod);
    }
    for (const pod of outcome.stopPods) {
      runner.stop(workflow.metadata.namespace, pod);
    }
    if (outcome.deleteWorkflow) {
      const { metadata } = workflow;
      await port.remove(RESOURCES.workflows, metadata, metadata.uid);
    }
    if (outcome.requeueAt) {
      this.queue.addLater(key, outcome.requeueAt.getTime() - now().getTime());
    }
    if (outcome.workflow) this.wakeWaiting(key);
  }

  private async write(before: Workflow, after: Workflow): Promise<void> {
    const { port, logger } = this.options;
    await port.replace(RESOURCES.workflows, after as unknown as KubeObject);
    const phase = after.status?.phase;
    if (phase !== before.status?.phase) {
      logger.info({ workflow: keyOf(before), phase }, 'workflow');
    }
  }

  private async createPod(pod: Pod): Promise<void> {
    try {
      await this.options.port.create(
        RESOURCES.pods,
        pod as unknown as KubeObject,
      );
    } catch (error) {
      // Ours from a moment ago, or that of a namesake which the garbage collector is about to remove.
      if (!(error instanceof KubeError && error.status === 409)) throw error;
    }
  }

  /** Other Workflows with a step that runs; one that waits at its gate leaves its place to others. */
  private isFull(key: string): boolean {
    const active = this.workflows
      .items()
      .filter(
        item =>
          keyOf(item) !== key &&
          Object.values((item as Workflow).status?.nodes ?? {}).some(
            node => node.type === 'Pod' && !isFulfilled(node),
          ),
      );
    return active.length >= this.options.parallelism;
  }

  /** A place may have become free; the cache learns of it a moment later. */
  private wakeWaiting(key: string): void {
    for (const item of this.workflows.items()) {
      const waits = (item as Workflow).status?.phase === 'Pending';
      if (waits && keyOf(item) !== key) {
        this.queue.addLater(keyOf(item), CONFLICT_RETRY_MS);
      }
    }
  }
}
