import { z } from 'zod';
import { parse as parseYaml } from 'yaml';
import { pause, startInformer, type Logger } from '../kube-client/informer';
import {
  KubeError,
  RESOURCES,
  type KubeObject,
  type KubePort,
} from '../kube-client/port';
import {
  isFulfilled,
  isWorkflowDone,
  LABELS,
  type ArtifactRepositoryRef,
  type Pod,
  type Workflow,
} from './core/model';
import { next, type Observed, type Outcome } from './core/next';
import { imageProblem, type ImageMap } from './runner/images';
import type { Runner } from './runner/runner';

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
const DEFAULT_REPOSITORY = 'workflows.argoproj.io/default-artifact-repository';

const refSchema = z.looseObject({
  workflowTemplateRef: z
    .looseObject({ name: z.string(), clusterScope: z.boolean().optional() })
    .optional(),
  artifactRepositoryRef: z
    .looseObject({
      configMap: z.string().optional(),
      key: z.string().optional(),
    })
    .optional(),
});

const keyOf = ({
  metadata,
}: {
  metadata: { namespace?: string; name: string };
}) => `${metadata.namespace}/${metadata.name}`;

/** Follows Workflows and their Pods and carries out what {@link next} says. Settles when the signal ends it. */
export async function runController(options: ControllerOptions): Promise<void> {
  const { port, runner, logger, signal } = options;
  const busy = new Set<string>();
  const dirty = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const failures = new Map<string, number>();

  const podKey = (pod: KubeObject) =>
    `${pod.metadata.namespace}/${pod.metadata.labels?.[LABELS.workflow]}`;

  const workflows = startInformer({
    port,
    resource: RESOURCES.workflows,
    logger,
    signal,
    onChange: object => enqueue(keyOf(object)),
    onDelete: object => enqueue(keyOf(object)),
  });
  let recovered = false;
  const pods = startInformer({
    port,
    resource: RESOURCES.pods,
    labelSelector: LABELS.workflow,
    logger,
    signal,
    onChange: object => {
      if (recovered) runner.sync(object as Pod);
      enqueue(podKey(object));
    },
    onDelete: object => {
      runner.forget(object as Pod);
      enqueue(podKey(object));
    },
  });

  function enqueue(key: string): void {
    if (signal.aborted || !recovered) return;
    dirty.add(key);
    if (!busy.has(key)) void work(key);
  }

  async function work(key: string): Promise<void> {
    busy.add(key);
    while (dirty.delete(key) && !signal.aborted) {
      try {
        await reconcile(key);
        failures.delete(key);
      } catch (error) {
        const conflict = error instanceof KubeError && error.status === 409;
        if (!conflict) {
          logger.error(
            { workflow: key, error: (error as Error).message },
            'pass failed, trying again',
          );
        }
        later(key, conflict ? CONFLICT_RETRY_MS : retryPause(key));
      }
    }
    busy.delete(key);
  }

  function retryPause(key: string): number {
    const count = failures.get(key) ?? 0;
    failures.set(key, count + 1);
    return Math.min(RETRY_MS * 2 ** count, MAX_RETRY_MS);
  }

  function later(key: string, ms: number): void {
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        enqueue(key);
      }, Math.min(Math.max(ms, 0), 2 ** 31 - 1)),
    );
  }

  async function reconcile(key: string): Promise<void> {
    const [namespace, name] = key.split('/');
    const workflow = workflows.get(namespace, name) as Workflow | undefined;
    if (!workflow || workflow.metadata.deletionTimestamp) {
      wakeWaiting();
      return;
    }
    const fresh = !workflow.status?.startedAt;
    const observed: Observed = {
      pods: pods.items().filter(pod => podKey(pod) === key) as unknown as Pod[],
      checkImage: container => imageProblem(options.images, container),
      postponed: fresh && isFull(key),
      ...(fresh ? await readReferences(workflow) : {}),
    };
    await apply(workflow, next(workflow, observed, options.now()));
  }

  /** Other Workflows with a step that runs; one that waits at its gate leaves its place to others. */
  function isFull(key: string): boolean {
    const active = workflows
      .items()
      .filter(
        item =>
          keyOf(item) !== key &&
          Object.values((item as Workflow).status?.nodes ?? {}).some(
            node => node.type === 'Pod' && !isFulfilled(node),
          ),
      );
    return active.length >= options.parallelism;
  }

  function wakeWaiting(): void {
    for (const item of workflows.items()) {
      if ((item as Workflow).status?.phase === 'Pending') enqueue(keyOf(item));
    }
  }

  async function readReferences(
    workflow: Workflow,
  ): Promise<Pick<Observed, 'template' | 'artifactRepository'>> {
    const refs = refSchema.safeParse(workflow.spec);
    const { namespace } = workflow.metadata;
    const named = refs.data?.workflowTemplateRef;
    const template = named?.clusterScope
      ? await port.get(RESOURCES.clusterWorkflowTemplates, { name: named.name })
      : named &&
        (await port.get(RESOURCES.workflowTemplates, {
          namespace,
          name: named.name,
        }));
    const templateSpec = (template as { spec?: unknown } | undefined)?.spec;
    const ref =
      refs.data?.artifactRepositoryRef ??
      refSchema.safeParse(templateSpec).data?.artifactRepositoryRef;
    return {
      template: template
        ? { kind: 'found', spec: templateSpec }
        : { kind: 'missing' },
      artifactRepository: await readRepository(namespace, ref),
    };
  }

  async function readRepository(
    namespace: string,
    ref: { configMap?: string; key?: string } | undefined,
  ): Promise<Observed['artifactRepository']> {
    const name = ref?.configMap ?? 'artifact-repositories';
    const configMap = (await port.get(RESOURCES.configMaps, {
      namespace,
      name,
    })) as (KubeObject & { data?: Record<string, string> }) | undefined;
    const key =
      ref?.key ?? configMap?.metadata.annotations?.[DEFAULT_REPOSITORY];
    const text = key === undefined ? undefined : configMap?.data?.[key];
    if (text === undefined) {
      return ref
        ? {
            kind: 'missing',
            message: `failed to resolve artifact repository: ConfigMap "${name}" with key "${key}" not found`,
          }
        : { kind: 'found', ref: { default: true } };
    }
    return {
      kind: 'found',
      ref: {
        namespace,
        configMap: name,
        key,
        artifactRepository: parseYaml(
          text,
        ) as ArtifactRepositoryRef['artifactRepository'],
      },
    };
  }

  async function apply(workflow: Workflow, outcome: Outcome): Promise<void> {
    const key = keyOf(workflow);
    if (outcome.workflow) {
      // First the record, then the deed: what a crash leaves undone the next pass sees and does.
      await port.replace(
        RESOURCES.workflows,
        outcome.workflow as unknown as KubeObject,
      );
      const phase = outcome.workflow.status?.phase;
      if (phase !== workflow.status?.phase) {
        logger.info({ workflow: key, phase }, 'workflow');
      }
      if (isWorkflowDone(outcome.workflow.status)) wakeWaiting();
    }
    for (const pod of outcome.createPods) {
      await createPod(pod);
    }
    for (const pod of outcome.stopPods) {
      runner.stop(workflow.metadata.namespace, pod);
    }
    if (outcome.deleteWorkflow) {
      await port.remove(
        RESOURCES.workflows,
        workflow.metadata,
        workflow.metadata.uid,
      );
    }
    if (outcome.requeueAt) {
      later(key, outcome.requeueAt.getTime() - options.now().getTime());
    }
    if (!isFull(key)) wakeOne(key);
  }

  /** A place may have become free without an end: this Workflow waits at its gate now. */
  function wakeOne(key: string): void {
    const waiting = workflows
      .items()
      .find(
        item =>
          keyOf(item) !== key &&
          (item as Workflow).status?.phase === 'Pending' &&
          !busy.has(keyOf(item)),
      );
    if (waiting) later(keyOf(waiting), CONFLICT_RETRY_MS);
  }

  async function createPod(pod: Pod): Promise<void> {
    try {
      await port.create(RESOURCES.pods, pod as unknown as KubeObject);
    } catch (error) {
      // Ours from a moment ago, or that of a namesake which the garbage collector is about to remove.
      if (!(error instanceof KubeError && error.status === 409)) throw error;
    }
  }

  await Promise.race([
    Promise.all([workflows.synced, pods.synced]),
    pause(2 ** 31 - 1, signal),
  ]);
  if (!signal.aborted) {
    await runner.recover(pods.items() as unknown as Pod[]);
    recovered = true;
    pods.items().forEach(pod => runner.sync(pod as unknown as Pod));
    workflows.items().forEach(item => enqueue(keyOf(item)));
    logger.info(
      { workflows: workflows.items().length },
      'workflow engine ready',
    );
  }
  await Promise.all([workflows.done, pods.done]);
  timers.forEach(timer => clearTimeout(timer));
  await runner.close();
}
