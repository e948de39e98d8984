import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Pod } from '../core/model';
import {
  readTerminationLog,
  removeFolder,
  startAttempt,
  stopAttempt,
  type AttemptProcess,
} from './attempt-process';
import { ConfigError, resolveEnvironment } from './environment';
import { imageProblem, toHostPath } from './images';
import { configMissing, ended, running, type Ending } from './pod-status';
import { PodWriter } from './pod-writer';
import type { RunnerOptions } from './runner';
import {
  defaultEnvironment,
  logFile,
  mapMounts,
  prepareStep,
  type Step,
} from './step';
import { fetchInputs, saveOutputs } from './step-io';

export interface StepControl {
  adopted?: AttemptProcess;
  onStart(process: AttemptProcess): void;
  /** The Pod was deleted or its node has ended. */
  isStopped(): boolean;
  /** The engine ends; the API must not hear of what happens now. */
  isClosing(): boolean;
}

const sleep = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

/** Runs single steps; {@link createRunner} decides which and when. */
export class StepHost {
  private readonly writer: PodWriter;

  constructor(private readonly options: RunnerOptions) {
    this.writer = new PodWriter(options);
  }

  lose(pod: Pod): Promise<void> {
    return this.writer.lose(pod);
  }

  abandon(pod: Pod): Promise<void> {
    return this.writer.abandon(pod);
  }

  /** From the Pod to its end; settles when nothing of it is left to do here. */
  async run(pod: Pod, control: StepControl): Promise<void> {
    const step = prepareStep(this.options, pod);
    const launched = control.adopted ?? (await this.launch(step, control));
    if (launched && 'record' in launched) {
      control.onStart(launched);
      const told =
        pod.status?.phase === 'Running'
          ? Promise.resolve()
          : this.writer
              .write(
                pod,
                control,
                running(pod, new Date(launched.record.startedAt)),
              )
              .catch(error => {
                this.options.logger.warn(
                  { pod: pod.metadata.name, error: (error as Error).message },
                  'status refused',
                );
              });
      await this.finish(step, launched, control, told);
    } else if (launched) {
      await this.writer.write(pod, control, ended(pod, launched));
    } else if (!control.isClosing()) {
      await this.abandon(pod);
    }
    // Also when closing: without its folder the next engine takes the step for lost, not for failed.
    await removeFolder(step.folder);
  }

  /** Environment and folders, waiting for what is not there yet. */
  private async environmentOf(
    step: Step,
    control: StepControl,
  ): Promise<Record<string, string> | undefined> {
    const [container] = step.pod.spec.containers;
    let told = '';
    while (!control.isStopped() && !control.isClosing()) {
      try {
        const own = await resolveEnvironment(
          this.options.cluster,
          step.pod,
          container,
        );
        return {
          ...defaultEnvironment(this.options, step),
          ...mapMounts(own, step.folders),
        };
      } catch (error) {
        const { message } = error as Error;
        if (error instanceof ConfigError && message !== told) {
          told = message;
          await this.writer.write(
            step.pod,
            control,
            configMissing(step.pod, message, this.options.now()),
          );
        }
        await sleep(this.options.configRetryMs);
      }
    }
    return undefined;
  }

  private async start(
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
      logFile: logFile(this.options, pod),
      now: this.options.now(),
    });
  }

  /** Up to the running process; an Ending when it never came to that. */
  private async launch(
    step: Step,
    control: StepControl,
  ): Promise<AttemptProcess | Ending | undefined> {
    const begun = this.options.now();
    const fail = (message: string): Ending => ({
      exitCode: 64,
      startedAt: begun,
      finishedAt: this.options.now(),
      helper: { name: 'init', message },
    });
    const problem = imageProblem(
      this.options.images,
      step.pod.spec.containers[0],
    );
    if (problem) {
      return fail(problem);
    }
    for (const { name } of step.pod.spec.volumes ?? []) {
      await mkdir(step.folder.volume(name), { recursive: true, mode: 0o700 });
    }
    await mkdir(path.join(step.folder.root, 'home'), { recursive: true });
    await writeFile(step.folder.terminationLog, '', { mode: 0o600 });
    const environment = await this.environmentOf(step, control);
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
    return this.start(step, environment);
  }

  private async finish(
    step: Step,
    process: AttemptProcess,
    control: StepControl,
    told: Promise<void>,
  ): Promise<void> {
    const { pod } = step;
    const startedAt = new Date(process.record.startedAt);
    const deadline = this.armDeadline(step, process, startedAt);
    const exitCode = await process.exited;
    const deadlineExceeded = deadline.passed();
    deadline.cancel();
    // The end must not be overtaken by the start.
    await told;
    if (control.isClosing()) return;
    // A step that a signal ended while no engine was there went down with the machine, not by itself.
    if (exitCode === undefined || (control.adopted && exitCode > 128)) {
      await this.lose(pod);
      return;
    }
    const ending: Ending = {
      exitCode,
      startedAt,
      finishedAt: this.options.now(),
      deadlineExceeded,
      message: await readTerminationLog(step.folder),
    };
    if (exitCode !== 0 || control.isStopped()) {
      await this.writer.write(pod, control, ended(pod, ending));
      return;
    }
    try {
      const outputs = await saveOutputs(step.io, step.hostPath, step.openStore);
      ending.finishedAt = this.options.now();
      await this.writer.write(pod, control, ended(pod, ending), outputs);
    } catch (error) {
      const helper = {
        name: 'wait',
        message: (error as Error).message,
      } as const;
      await this.writer.write(pod, control, ended(pod, { ...ending, helper }));
    }
  }

  /** `activeDeadlineSeconds` of the Pod, counted from its start. */
  private armDeadline(step: Step, process: AttemptProcess, startedAt: Date) {
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
              this.options.graceMs,
            );
          }, Math.min(Math.max(0, startedAt.getTime() + seconds * 1000 - this.options.now().getTime()), 2 ** 31 - 1));
    return { passed: () => passed, cancel: () => clearTimeout(timer) };
  }
}
