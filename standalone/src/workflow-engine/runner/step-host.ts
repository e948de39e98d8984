import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KubeError, RESOURCES } from '../../kube-client/port';
import {
  ANNOTATIONS,
  MAIN_CONTAINER,
  type Outputs,
  type Pod,
  type PodStatus,
  type StepIo,
} from '../core/model';
import { openArtifactStore, type ArtifactStore } from './artifact-store';
import {
  attemptFolder,
  removeFolder,
  startAttempt,
  stopAttempt,
  type AttemptFolder,
  type AttemptProcess,
  readTerminationLog,
} from './attempt-process';
import { ConfigError, resolveEnvironment } from './environment';
import { imageName, imageProblem, toHostPath } from './images';
import { configMissing, ended, running, type Ending } from './pod-status';
import type { RunnerOptions } from './runner';
import { fetchInputs, readStepIo, saveOutputs } from './step-io';

const WRITE_RETRY_MS = 500;

export interface StepControl {
  adopted?: AttemptProcess;
  onStart(process: AttemptProcess): void;
  /** The Pod was deleted or its node has ended. */
  isStopped(): boolean;
  /** The engine ends; the API must not hear of what happens now. */
  isClosing(): boolean;
}

interface Step {
  pod: Pod;
  io: StepIo;
  folder: AttemptFolder;
  /** Folder in the container -> folder here. */
  folders: Map<string, string>;
  hostPath(containerPath: string): string;
  openStore(): Promise<ArtifactStore>;
}

/** Runs single steps; {@link createRunner} decides which and when. */
export function createStepHost(options: RunnerOptions) {
  const { port, logger } = options;
  const sleep = (ms: number) =>
    new Promise<void>(resolve => setTimeout(resolve, ms));

  function prepare(pod: Pod): Step {
    const folder = attemptFolder(options.dataDir, pod.metadata.uid ?? '');
    const [container] = pod.spec.containers;
    const folders = new Map([
      ...Object.entries(options.images[imageName(container.image)] ?? {}),
      ...(container.volumeMounts ?? []).map(
        ({ mountPath, name }) => [mountPath, folder.volume(name)] as const,
      ),
    ]);
    return {
      pod,
      io: readStepIo(pod),
      folder,
      folders,
      hostPath: containerPath => {
        const found = toHostPath(containerPath, folders);
        if (!found) {
          throw new Error(`${containerPath} lies in no mount`);
        }
        return found;
      },
      openStore: once(() =>
        openArtifactStore(
          port,
          pod.metadata.namespace,
          readStepIo(pod).repository,
        ),
      ),
    };
  }

  function logFile(pod: Pod): string {
    return path.join(
      options.podLogsDir,
      pod.metadata.namespace,
      pod.metadata.name,
      `${MAIN_CONTAINER}.log`,
    );
  }

  /** Keeps trying while the API is away: what a step has done must not get lost. */
  async function write(
    pod: Pod,
    control: Pick<StepControl, 'isClosing'>,
    status: PodStatus,
    outputs?: Outputs,
  ): Promise<void> {
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

  /** Environment and folders, waiting for what is not there yet. */
  async function environmentOf(
    step: Step,
    control: StepControl,
  ): Promise<Record<string, string> | undefined> {
    const [container] = step.pod.spec.containers;
    let told = '';
    while (!control.isStopped() && !control.isClosing()) {
      try {
        const own = await resolveEnvironment(port, step.pod, container);
        return { ...defaults(step), ...mapped(own, step.folders) };
      } catch (error) {
        const { message } = error as Error;
        if (error instanceof ConfigError && message !== told) {
          told = message;
          await write(
            step.pod,
            control,
            configMissing(step.pod, message, options.now()),
          );
        }
        await sleep(options.configRetryMs);
      }
    }
    return undefined;
  }

  async function start(
    step: Step,
    environment: Record<string, string>,
  ): Promise<AttemptProcess> {
    const { pod, folder, folders } = step;
    const [container] = pod.spec.containers;
    const [, ...programArgs] = container.command;
    const inImage = (argument: string) =>
      toHostPath(argument, folders) ?? argument;
    return startAttempt({
      folder,
      podUid: pod.metadata.uid ?? '',
      namespace: pod.metadata.namespace,
      pod: pod.metadata.name,
      command: [
        process.execPath,
        ...programArgs.map(inImage),
        ...(container.args ?? []),
      ],
      environment,
      workingDirectory: folder.root,
      logFile: logFile(pod),
      now: options.now(),
    });
  }

  /** Up to the running process; an Ending when it never came to that. */
  async function launch(
    step: Step,
    control: StepControl,
  ): Promise<AttemptProcess | Ending | undefined> {
    const begun = options.now();
    const fail = (message: string): Ending => ({
      exitCode: 64,
      startedAt: begun,
      finishedAt: options.now(),
      helper: { name: 'init', message },
    });
    const problem = imageProblem(options.images, step.pod.spec.containers[0]);
    if (problem) {
      return fail(problem);
    }
    for (const { name } of step.pod.spec.volumes ?? []) {
      await mkdir(step.folder.volume(name), { recursive: true, mode: 0o700 });
    }
    await mkdir(path.join(step.folder.root, 'home'), { recursive: true });
    await writeFile(step.folder.terminationLog, '', { mode: 0o600 });
    const environment = await environmentOf(step, control);
    if (!environment) return undefined;
    try {
      await fetchInputs(step.io, step.hostPath, step.openStore);
      // The folder of an output is there before the step, as a mount's would be.
      for (const artifact of step.io.outputs?.artifacts ?? []) {
        await mkdir(path.dirname(step.hostPath(artifact.path ?? '')), {
          recursive: true,
        });
      }
    } catch (error) {
      return fail((error as Error).message);
    }
    if (control.isStopped() || control.isClosing()) return undefined;
    return start(step, environment);
  }

  async function finish(
    step: Step,
    process: AttemptProcess,
    control: StepControl,
    told: Promise<void>,
  ): Promise<void> {
    const { pod } = step;
    const startedAt = new Date(process.record.startedAt);
    const deadline = armDeadline(step, process, startedAt);
    const exitCode = await process.exited;
    const deadlineExceeded = deadline.passed();
    deadline.cancel();
    // The end must not be overtaken by the start.
    await told;
    if (control.isClosing()) return;
    // A step that a signal ended while no engine was there went down with the machine, not by itself.
    if (exitCode === undefined || (control.adopted && exitCode > 128)) {
      await host.lose(pod);
      return;
    }
    const ending: Ending = {
      exitCode,
      startedAt,
      finishedAt: options.now(),
      deadlineExceeded,
      message: await readTerminationLog(step.folder),
    };
    if (exitCode !== 0 || control.isStopped()) {
      await write(pod, control, ended(pod, ending));
      return;
    }
    try {
      const outputs = await saveOutputs(step.io, step.hostPath, step.openStore);
      ending.finishedAt = options.now();
      await write(pod, control, ended(pod, ending), outputs);
    } catch (error) {
      const helper = {
        name: 'wait',
        message: (error as Error).message,
      } as const;
      await write(pod, control, ended(pod, { ...ending, helper }));
    }
  }

  /** `activeDeadlineSeconds` of the Pod, counted from its start. */
  function armDeadline(step: Step, process: AttemptProcess, startedAt: Date) {
    const seconds = step.pod.spec.activeDeadlineSeconds;
    let passed = false;
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => {
            passed = true;
            void stopAttempt(
              process,
              step.pod.metadata.uid ?? '',
              options.graceMs,
            );
          }, Math.min(Math.max(0, startedAt.getTime() + seconds * 1000 - options.now().getTime()), 2 ** 31 - 1));
    return { passed: () => passed, cancel: () => clearTimeout(timer) };
  }

  const host = {
    /** From the Pod to its end; settles when nothing of it is left to do here. */
    async run(pod: Pod, control: StepControl): Promise<void> {
      const step = prepare(pod);
      const launched = control.adopted ?? (await launch(step, control));
      if (launched && 'record' in launched) {
        control.onStart(launched);
        const told =
          pod.status?.phase === 'Running'
            ? Promise.resolve()
            : write(
                pod,
                control,
                running(pod, new Date(launched.record.startedAt)),
              ).catch(error => {
                logger.warn(
                  { pod: pod.metadata.name, error: (error as Error).message },
                  'status refused',
                );
              });
        await finish(step, launched, control, told);
      } else if (launched) {
        await write(pod, control, ended(pod, launched));
      } else if (!control.isClosing()) {
        await host.abandon(pod);
      }
      // Also when closing: without its folder the next engine takes the step for lost, not for failed.
      await removeFolder(step.folder);
    },

    /** The process is gone and nobody knows how it ended: as when a node is lost, its Pod is removed. */
    async lose(pod: Pod): Promise<void> {
      logger.warn({ pod: pod.metadata.name }, 'step lost, removing its pod');
      await appendFile(
        logFile(pod),
        '[engine] this process ended together with the engine\n',
      ).catch(() => {});
      await port.remove(RESOURCES.pods, pod.metadata, pod.metadata.uid);
    },

    /** A Pod that is stopped before it ran. */
    async abandon(pod: Pod): Promise<void> {
      const now = options.now();
      await write(
        pod,
        { isClosing: () => false },
        ended(pod, { exitCode: 143, startedAt: now, finishedAt: now }),
      );
    },
  };

  function defaults(step: Step): Record<string, string> {
    const work = step.folders.get('/work');
    const tmp = step.folders.get('/tmp');
    return {
      PATH: [path.dirname(process.execPath), '/usr/bin', '/bin'].join(
        path.delimiter,
      ),
      HOME: path.join(step.folder.root, 'home'),
      LANG: 'C.UTF-8',
      TERMINATION_LOG: step.folder.terminationLog,
      // The same bundle over and over: parsing it anew would cost each step a second.
      NODE_COMPILE_CACHE: path.join(options.dataDir, 'compile-cache'),
      ...(work ? { AGENTIC_WORK_DIR: work } : {}),
      ...(tmp ? { TMPDIR: tmp } : {}),
    };
  }

  return host;
}

/** Variables that hold just a mount's path mean that folder. */
function mapped(
  environment: Record<string, string>,
  folders: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      folders.get(value) ?? value,
    ]),
  );
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
