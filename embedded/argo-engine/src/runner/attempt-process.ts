import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  readJsonFile,
  writeFileWhole,
  isAlive,
  killMarked,
  signalGroup,
  startTimeOf,
  type ProcessRef,
} from '@agentworkloads/processes';

/** Environment name by which everything that an attempt started is found. */
export const ATTEMPT_MARK = 'AGENTIC_ATTEMPT';

const POLL_MS = 100;

/**
 * The step's parent. It writes the exit code to a file, so that an engine which was not there when
 * the step ended still learns how. `:` instead of '' keeps the default handling in the step.
 */
const SHIM =
  'trap : TERM INT HUP; out=$1; shift; "$@"; code=$?; echo $code > "$out.partial" && mv "$out.partial" "$out"; exit $code';

const recordSchema = z.object({
  pid: z.int(),
  startTime: z.string(),
  namespace: z.string(),
  pod: z.string(),
  startedAt: z.string(),
});
export type AttemptRecord = z.infer<typeof recordSchema>;

/** Files of one attempt; the folder is named by the uid of its Pod. */
export interface AttemptFolder {
  root: string;
  record: string;
  exit: string;
  /** What a step writes there when it fails becomes the message of its container, as with a kubelet. */
  terminationLog: string;
  volume(name: string): string;
}

export function attemptFolder(dataDir: string, podUid: string): AttemptFolder {
  const root = path.join(dataDir, 'attempts', podUid);
  return {
    root,
    record: path.join(root, 'process.json'),
    exit: path.join(root, 'exit-code'),
    terminationLog: path.join(root, 'termination-log'),
    volume: name => path.join(root, 'volumes', name),
  };
}

export async function readRecord(
  folder: AttemptFolder,
): Promise<AttemptRecord | undefined> {
  return recordSchema
    .optional()
    .catch(undefined)
    .parse(await readJsonFile(folder.record));
}

async function readExitCode(
  folder: AttemptFolder,
): Promise<number | undefined> {
  const text = await readFile(folder.exit, 'utf8').catch(() => '');
  return /^\d+\s*$/.test(text) ? Number(text) : undefined;
}

/** At most the last 4 KiB, like the kubelet's; undefined when the step wrote nothing. */
export async function readTerminationLog(
  folder: AttemptFolder,
): Promise<string | undefined> {
  const bytes = await readFile(folder.terminationLog).catch(() =>
    Buffer.alloc(0),
  );
  return bytes.subarray(-4096).toString('utf8') || undefined;
}

/** A step that runs or ran; `exited` never rejects. */
export interface AttemptProcess {
  readonly record: AttemptRecord;
  /** Exit code, 128 + signal, or undefined when nobody can tell any more. */
  readonly exited: Promise<number | undefined>;
}

export interface StartOptions {
  folder: AttemptFolder;
  podUid: string;
  namespace: string;
  pod: string;
  command: readonly string[];
  environment: Record<string, string>;
  workingDirectory: string;
  logFile: string;
  now: Date;
}

/** Starts the step in a process group of its own, its output going straight to the log file. */
export async function startAttempt(
  options: StartOptions,
): Promise<AttemptProcess> {
  const { folder } = options;
  await mkdir(path.dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, 'w', 0o600);
  try {
    const child = spawn(
      '/bin/sh',
      ['-c', SHIM, 'step', folder.exit, ...options.command],
      {
        detached: true,
        cwd: options.workingDirectory,
        env: { ...options.environment, [ATTEMPT_MARK]: options.podUid },
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    const code = new Promise<number | undefined>(resolve => {
      child.once('error', () => resolve(undefined));
      child.once('exit', (status, signal) =>
        resolve(status ?? (signal === 'SIGKILL' ? 137 : 143)),
      );
    });
    const { pid } = child;
    if (pid === undefined) {
      throw new Error('/bin/sh could not be started');
    }
    const record = {
      pid,
      startTime: (await startTimeOf(pid)) ?? '',
      namespace: options.namespace,
      pod: options.pod,
      startedAt: options.now.toISOString(),
    };
    await writeFileWhole(folder.record, JSON.stringify(record));
    return {
      record,
      exited: code.then(async status => {
        await killMarked(ATTEMPT_MARK, options.podUid);
        return (await readExitCode(folder)) ?? status;
      }),
    };
  } finally {
    await log.close();
  }
}

/** Takes up what an earlier engine started; undefined when that never got as far as a process. */
export async function adoptAttempt(
  folder: AttemptFolder,
  podUid: string,
): Promise<AttemptProcess | undefined> {
  const record = await readRecord(folder);
  if (!record) {
    await killMarked(ATTEMPT_MARK, podUid);
    return undefined;
  }
  const watch = async () => {
    while (await isAlive(record)) {
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
    await killMarked(ATTEMPT_MARK, podUid);
    return readExitCode(folder);
  };
  return { record, exited: watch() };
}

/** SIGTERM now, SIGKILL for all that is left after `graceMs`. */
export async function stopAttempt(
  process: AttemptProcess,
  podUid: string,
  graceMs: number,
): Promise<void> {
  const ref: ProcessRef = process.record;
  if (!(await isAlive(ref))) return;
  signalGroup(ref.pid, 'SIGTERM');
  const timer = setTimeout(() => {
    signalGroup(ref.pid, 'SIGKILL');
    void killMarked(ATTEMPT_MARK, podUid);
  }, graceMs);
  await process.exited;
  clearTimeout(timer);
}

export async function removeFolder(folder: AttemptFolder): Promise<void> {
  await rm(folder.root, { recursive: true, force: true, maxRetries: 3 });
}
