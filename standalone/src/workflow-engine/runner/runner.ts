import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../kube-client/informer';
import { RESOURCES, type KubePort } from '../../kube-client/port';
import type { Pod, PodStatus } from '../core/model';
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
  port: KubePort;
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

const isFinal = (pod: Pod) =>
  ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');

export function createRunner(options: RunnerOptions): Runner {
  const { port, logger, slots } = options;
  const running = new Map<string, Running>();
  const waiting = new Map<string, Pod>();
  const host = new StepHost(options);
  const logs = new PodLogs(options.podLogsDir);
  let closing = false;

  const uidOf = (pod: Pod) => pod.metadata.uid ?? '';

  const logsRemain = (error: Error) =>
    logger.warn({ error: error.message }, 'logs could not be removed');

  async function writeStatus(pod: Pod, status: PodStatus): Promise<void> {
    await port.mergePatch(RESOURCES.pods, pod.metadata, { status }, 'status');
  }

  function begin(pod: Pod, adopted?: AttemptProcess): void {
    const uid = uidOf(pod);
    const entry: Running = {
      pod,
      process: adopted,
      stopped: false,
      done: Promise.resolve(),
    };
    running.set(uid, entry);
    entry.done = host
      .run(pod, {
        adopted,
        onStart: process => {
          entry.process = process;
          if (entry.stopped) {
            void stopAttempt(process, uid, options.graceMs);
          }
        },
        isStopped: () => entry.stopped,
        isClosing: () => closing,
      })
      .catch(error =>
        logger.error(
          { pod: pod.metadata.name, error: (error as Error).message },
          'the step could not be run',
        ),
      )
      .finally(() => {
        running.delete(uid);
        admit();
      });
  }

  function admit(): void {
    for (const [uid, pod] of waiting) {
      if (closing || running.size >= slots) return;
      waiting.delete(uid);
      begin(pod);
    }
  }

  function halt(uid: string): void {
    waiting.delete(uid);
    const entry = running.get(uid);
    if (!entry || entry.stopped) return;
    entry.stopped = true;
    if (entry.process) {
      void stopAttempt(entry.process, uid, options.graceMs);
    }
  }

  return {
    async recover(pods) {
      await logs.recover(pods).catch(logsRemain);
      const byUid = new Map(pods.map(pod => [uidOf(pod), pod]));
      const folders = await readdir(
        path.join(options.dataDir, 'attempts'),
      ).catch(() => []);
      for (const uid of folders) {
        const folder = attemptFolder(options.dataDir, uid);
        const pod = byUid.get(uid);
        const process = await adoptAttempt(folder, uid);
        if (pod && !isFinal(pod) && process) {
          logger.info({ pod: pod.metadata.name }, 'step taken up again');
          begin(pod, process);
          continue;
        }
        if (process) await stopAttempt(process, uid, options.graceMs);
        await removeFolder(folder);
      }
      for (const pod of pods) {
        if (pod.status?.phase === 'Running' && !running.has(uidOf(pod))) {
          await host.lose(pod);
        }
      }
    },

    sync(pod) {
      const uid = uidOf(pod);
      logs.keep(pod);
      if (pod.metadata.deletionTimestamp) {
        halt(uid);
        return;
      }
      if (closing || isFinal(pod) || running.has(uid) || waiting.has(uid)) {
        return;
      }
      waiting.set(uid, pod);
      admit();
      if (waiting.has(uid) && !pod.status?.conditions?.length) {
        writeStatus(pod, waitingForSlot(slots, options.now())).catch(() => {});
      }
    },

    forget(pod) {
      const uid = uidOf(pod);
      halt(uid);
      const ended = running.get(uid)?.done ?? Promise.resolve();
      void ended.then(() => logs.remove(pod)).catch(logsRemain);
    },

    stop(namespace, name) {
      for (const [uid, { pod }] of [
        ...running,
        ...[...waiting].map(([id, one]) => [id, { pod: one }] as const),
      ]) {
        if (
          pod.metadata.namespace === namespace &&
          pod.metadata.name === name
        ) {
          const never = waiting.has(uid);
          halt(uid);
          if (never) void host.abandon(pod);
        }
      }
    },

    async close() {
      closing = true;
      waiting.clear();
      const entries = [...running];
      entries.forEach(([uid]) => halt(uid));
      await Promise.all(entries.map(([, entry]) => entry.done));
    },
  };
}
