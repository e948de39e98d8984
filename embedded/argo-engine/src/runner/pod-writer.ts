import { appendFile } from 'node:fs/promises';
import {
  type Logger,
  KubeError,
  RESOURCES,
  type KubePort,
} from '@agentworkloads/kube-client';
import {
  ANNOTATIONS,
  type Outputs,
  type Pod,
  type PodStatus,
} from '../core/model';
import { ended } from './pod-status';
import { logFile, type StepPlaces } from './step';

const WRITE_RETRY_MS = 500;

export interface PodWriterOptions extends StepPlaces {
  port: KubePort;
  logger: Logger;
  now(): Date;
}

const sleep = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

/** Tells the API what became of a Pod. */
export class PodWriter {
  constructor(private readonly options: PodWriterOptions) {}

  /** Keeps trying while the API is away: what a step has done must not get lost. */
  async write(
    pod: Pod,
    control: { isClosing(): boolean },
    status: PodStatus,
    outputs?: Outputs,
  ): Promise<void> {
    const { port } = this.options;
    const { namespace, name } = pod.metadata;
    while (!control.isClosing()) {
      try {
        if (outputs) {
          await port.mergePatch(
            RESOURCES.pods,
            { namespace, name },
            {
              metadata: {
                uid: pod.metadata.uid,
                annotations: { [ANNOTATIONS.outputs]: JSON.stringify(outputs) },
              },
            },
          );
        }
        await port.mergePatch(
          RESOURCES.pods,
          { namespace, name },
          { metadata: { uid: pod.metadata.uid }, status },
          'status',
        );
        return;
      } catch (error) {
        // Deleted, or another Pod has its name by now: nobody waits for this.
        if (
          error instanceof KubeError &&
          error.status >= 400 &&
          error.status < 500 &&
          error.status !== 429
        ) {
          if (error.status !== 404 && error.status !== 409) throw error;
          return;
        }
        await sleep(WRITE_RETRY_MS);
      }
    }
  }

  /** The process is gone and nobody knows how it ended: as when a node is lost, its Pod is removed. */
  async lose(pod: Pod): Promise<void> {
    this.options.logger.warn(
      { pod: pod.metadata.name },
      'step lost, removing its pod',
    );
    await appendFile(
      logFile(this.options, pod),
      '[engine] this process ended together with the engine\n',
    ).catch(() => {});
    await this.options.port.remove(
      RESOURCES.pods,
      pod.metadata,
      pod.metadata.uid,
    );
  }

  /** A Pod that is stopped before it ran. */
  async abandon(pod: Pod): Promise<void> {
    const now = this.options.now();
    await this.write(
      pod,
      { isClosing: () => false },
      ended(pod, { exitCode: 143, startedAt: now, finishedAt: now }),
    );
  }
}
