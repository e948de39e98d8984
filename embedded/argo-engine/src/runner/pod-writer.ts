import { appendFile } from 'node:fs/promises';
import { apiStatus, type Logger } from '@agentworkloads/kube';
import { KINDS, removeOne, type Cluster } from '../cluster';
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
  cluster: Cluster;
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
    const { cluster } = this.options;
    const { namespace, name, uid } = pod.metadata;
    while (!control.isClosing()) {
      try {
        if (outputs) {
          await cluster.patch(KINDS.pods, namespace, name, {
            type: 'merge',
            body: {
              metadata: {
                uid,
                annotations: { [ANNOTATIONS.outputs]: JSON.stringify(outputs) },
              },
            },
          });
        }
        await cluster.patch(KINDS.pods, namespace, name, {
          type: 'merge',
          body: { metadata: { uid }, status },
          subresource: 'status',
        });
        return;
      } catch (error) {
        // 404, 409: deleted, or another Pod has its name by now; nobody waits for this.
        const code = apiStatus(error) ?? 0;
        if (code === 404 || code === 409) return;
        if (code >= 400 && code < 500 && code !== 429) throw error;
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
    await removeOne(this.options.cluster, KINDS.pods, pod.metadata);
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
