import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@agentworkloads/kube';
import { KINDS, type Cluster } from '../cluster';
import type { Pod } from '../core/model';
import {
  adoptAttempt,
  attemptFolder,
  removeFolder,
  stopAttempt,
  type AttemptProcess,
} from './attempt-process';
import type { ImageMap } from './images';
import { PodLogs } from './pod-logs';
import { StepHost } from './step-host';
import { waitingForSlot } from './pod-status';

export interface RunnerOptions {
  cluster: Cluster;
  logger: Logger;
  images: ImageMap;
  /** Folder for the attempts' files. */
  dataDir: string;
  podLogsDir: string;
  /** Steps that may run at the same time. */
  slots: number;
  /** Time between SIGTERM and SIGKILL. */
  graceMs: number;
  /** Pause before a Pod whose ConfigMap or Secret is missing is tried again. */
  configRetryMs: number;
  now(): Date;
}

interface Running {
  pod: Pod;
  process?: AttemptProcess;
  stopped: boolean;
  done: Promise<void>;
}

/** The part of a node's kubelet that a step needs: Pods in, processes and Pod status out. */
export interface Runner {
  /** Takes up or ends what an earlier engine left; to be called once, before the first {@link sync}. */
  recover(pods: readonly Pod[]): Promise<void>;
  /** A Pod was made or has changed. */
  sync(pod: Pod): void;
  /** A Pod is gone: its process must be, too, and then its log. */
  forget(pod: Pod): void;
  /** Ends a Pod's process; the Pod stays, Failed. */
  stop(namespace: string, name: string): void;
  /** Ends all processes without a word about them in the API: the next engine finds them lost. */
  close(): Promise<void>;
}

const uidOf = (pod: Pod) => pod.metadata.uid ?? '';

const isFinal = (pod: Pod) =>
  ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');

export function createRunner(options: RunnerOptions): Runner {
  return new StepRunner(options);
}

class StepRunner implements Runner {
  private readonly running = new Map<string, Running>();
  private readonly waiting = new Map<string, Pod>();
  private readonly host: StepHost;
  private readonly logs: PodLogs;
  private closing = false;

  constructor(private readonly options: RunnerOptions) {
    this.host = new StepHost(options);
    this.logs = new PodLogs(options.podLogsDir);
  }

  async recover(pods: readonly Pod[]): Promise<void> {
    await this.logs.recover(pods).catch(this.logsRemain);
    const byUid = new Map(pods.map(pod => [uidOf(pod), pod]));
    const folders = await readdir(
      path.join(this.options.dataDir, 'attempts'),
    ).catch(() => []);
    for (const uid of folders) {
      await this.recoverAttempt(uid, byUid.get(uid));
    }
    for (const pod of pods) {
      if (pod.status?.phase === 'Running' && !this.running.has(uidOf(pod))) {
        await this.host.lose(pod);
      }
    }
  }

  private async recoverAttempt(
    uid: string,
    pod: Pod | undefined,
  ): Promise<void> {
    const { dataDir, graceMs, logger } = this.options;
    const folder = attemptFolder(dataDir, uid);
    const process = await adoptAttempt(folder, uid);
    if (pod && !isFinal(pod) && process) {
      logger.info({ pod: pod.metadata.name }, 'step taken up again');
      this.begin(pod, process);
      return;
    }
    if (process) await stopAttempt(process, uid, graceMs);
    await removeFolder(folder);
  }

  sync(pod: Pod): void {
    const uid = uidOf(pod);
    this.logs.keep(pod);
    if (pod.metadata.deletionTimestamp) {
      this.halt(uid);
      return;
    }
    const known = this.running.has(uid) || this.waiting.has(uid);
    if (this.closing || isFinal(pod) || known) return;
    this.waiting.set(uid, pod);
    this.admit();
    if (this.waiting.has(uid) && !pod.status?.conditions?.length) {
      this.sayWaiting(pod).catch(() => {});
    }
  }

  private async sayWaiting(pod: Pod): Promise<void> {
    const { cluster, slots, now } = this.options;
    const { namespace, name } = pod.metadata;
    await cluster.patch(KINDS.pods, namespace, name, {
      type: 'merge',
      body: { status: waitingForSlot(slots, now()) },
      subresource: 'status',
    });
  }

  forget(pod: Pod): void {
    const uid = uidOf(pod);
    this.halt(uid);
    const ended = this.running.get(uid)?.done ?? Promise.resolve();
    void ended.then(() => this.logs.remove(pod)).catch(this.logsRemain);
  }

  private readonly logsRemain = (error: Error): void =>
    this.options.logger.warn(
      { error: error.message },
      'logs could not be removed',
    );

  stop(namespace: string, name: string): void {
    const here = [
      ...[...this.running.values()].map(({ pod }) => pod),
      ...this.waiting.values(),
    ];
    for (const pod of here) {
      const { metadata } = pod;
      if (metadata.namespace !== namespace || metadata.name !== name) continue;
      const never = this.waiting.has(uidOf(pod));
      this.halt(uidOf(pod));
      if (never) void this.host.abandon(pod);
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    this.waiting.clear();
    const entries = [...this.running];
    entries.forEach(([uid]) => this.halt(uid));
    await Promise.all(entries.map(([, entry]) => entry.done));
  }

  private begin(pod: Pod, adopted?: AttemptProcess): void {
    const uid = uidOf(pod);
    const entry: Running = {
      pod,
      process: adopted,
      stopped: false,
      done: Promise.resolve(),
    };
    this.running.set(uid, entry);
    entry.done = this.host
      .run(pod, {
        adopted,
        onStart: process => {
          entry.process = process;
          if (entry.stopped) this.end(uid, process);
        },
        isStopped: () => entry.stopped,
        isClosing: () => this.closing,
      })
      .catch(error =>
        this.options.logger.error(
          { pod: pod.metadata.name, error: (error as Error).message },
          'the step could not be run',
        ),
      )
      .finally(() => {
        this.running.delete(uid);
        this.admit();
      });
  }

  private admit(): void {
    for (const [uid, pod] of this.waiting) {
      if (this.closing || this.running.size >= this.options.slots) return;
      this.waiting.delete(uid);
      this.begin(pod);
    }
  }

  private halt(uid: string): void {
    this.waiting.delete(uid);
    const entry = this.running.get(uid);
    if (!entry || entry.stopped) return;
    entry.stopped = true;
    if (entry.process) this.end(uid, entry.process);
  }

  private end(uid: string, process: AttemptProcess): void {
    void stopAttempt(process, uid, this.options.graceMs);
  }
}
