import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, closeSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  readJsonFile,
  writeFileWhole,
  endProcess,
  isAlive,
  signalGroup,
  startTimeOf,
} from '@agentworkloads/processes';

export interface Part {
  /** Also the name of its log. */
  name: string;
  /** For people. */
  title: string;
  /** Arguments of Node: flags, then the script. */
  args: readonly string[];
  environment: Record<string, string>;
  cwd: string;
  /** Rejects while the part can't be used yet. */
  check(): Promise<void>;
  /** How long it may take to become usable. */
  startTimeoutMs: number;
}

export interface ChildrenOptions {
  logFile(name: string): string;
  /** Keeps the ids of what runs, for the next start. */
  processesFile: string;
  watchdog: string;
  say(line: string): void;
}

const CHECK_EVERY_MS = 150;
/** SIGTERM to SIGKILL for one part. */
const GRACE_MS = 4_000;
/** For all of them; people who pressed Ctrl-C wait for it. */
const STOP_WITHIN_MS = 8_500;
const MAX_LOG_BYTES = 20 * 1024 * 1024;
const FIRST_RESTART_MS = 500;
const MAX_RESTART_MS = 30_000;
/** A part that ran this long begins with short pauses again. */
const STEADY_MS = 60_000;

const recordSchema = z.array(
  z.object({ name: z.string(), pid: z.int(), startTime: z.string() }),
);

interface Child {
  part: Part;
  process: ChildProcess;
  startTime: string;
  startedAt: number;
  exited: Promise<string>;
  failures: number;
}

/** The processes of one start, in the order in which they were started. */
export class Children {
  private readonly running = new Map<string, Child>();
  private stopping = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: ChildrenOptions) {}

  /** Ends what an earlier start has left behind. */
  async endLeftovers(): Promise<number> {
    const parsed = recordSchema.safeParse(
      await readJsonFile(this.options.processesFile).catch(() => []),
    );
    const left = [];
    for (const ref of parsed.success ? parsed.data : []) {
      if (await isAlive(ref)) left.push(ref);
    }
    await Promise.all(left.map(ref => endProcess(ref, GRACE_MS)));
    return left.length;
  }

  /** Starts a part, waits until it can be used, and keeps it running from then on. */
  async start(part: Part): Promise<void> {
    const child = await this.spawn(part, 0);
    try {
      await this.waitUsable(child);
    } catch (error) {
      throw new Error(
        `${part.title} did not start: ${
          (error as Error).message
        }\n  Its log: ${this.options.logFile(part.name)}`,
      );
    }
    this.keepRunning(child);
  }

  /** Resolves when every part can be used at the same time. */
  async checkAll(): Promise<void> {
    await Promise.all(
      [...this.running.values()].map(child => this.waitUsable(child)),
    );
  }

  /** Ends all, the last started first. */
  async stop(): Promise<void> {
    this.stopping = true;
    const order = [...this.running.values()].reverse();
    const limit = setTimeout(() => this.kill(), STOP_WITHIN_MS);
    for (const child of order) {
      await this.end(child);
    }
    clearTimeout(limit);
    this.running.clear();
    await this.record();
  }

  /** Without any patience. */
  kill(): void {
    this.stopping = true;
    for (const { process } of this.running.values()) {
      if (process.pid !== undefined) signalGroup(process.pid, 'SIGKILL');
    }
  }

  private openLog(name: string): number {
    const file = this.options.logFile(name);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
    return openSync(file, 'a', 0o600);
  }

  private async spawn(part: Part, failures: number): Promise<Child> {
    if (this.stopping) {
      throw new Error('everything is being stopped');
    }
    const log = this.openLog(part.name);
    try {
      const process_ = spawn(
        process.execPath,
        ['--import', this.options.watchdog, ...part.args],
        {
          cwd: part.cwd,
          env: part.environment,
          // A group of its own: a terminal's Ctrl-C is for the supervisor alone.
          detached: true,
          stdio: ['ignore', log, log, 'ipc'],
        },
      );
      const exited = new Promise<string>(resolve => {
        process_.once('error', error => resolve(error.message));
        process_.once('exit', (code, signal) =>
          resolve(signal ? `signal ${signal}` : `exit code ${code}`),
        );
      });
      const child: Child = {
        part,
        process: process_,
        startTime: (await startTimeOf(process_.pid ?? 0)) ?? '',
        startedAt: Date.now(),
        exited,
        failures,
      };
      this.running.set(part.name, child);
      await this.record();
      return child;
    } finally {
      closeSync(log);
    }
  }

  private async waitUsable(child: Child): Promise<void> {
    let ended: string | undefined;
    void child.exited.then(how => {
      ended = how;
    });
    const end = Date.now() + child.part.startTimeoutMs;
    let last = '';
    while (Date.now() < end) {
      if (ended !== undefined) {
        throw new Error(`it ended with ${ended}`);
      }
      try {
        await child.part.check();
        return;
      } catch (error) {
        last = (error as Error).message;
      }
      await new Promise(resolve => setTimeout(resolve, CHECK_EVERY_MS));
    }
    throw new Error(
      `not usable after ${child.part.startTimeoutMs / 1000} s (${last})`,
    );
  }

  private keepRunning(child: Child): void {
    void child.exited.then(how => {
      if (this.stopping) return;
      const steady = Date.now() - child.startedAt > STEADY_MS;
      const failures = steady ? 0 : child.failures;
      const wait = Math.min(FIRST_RESTART_MS * 2 ** failures, MAX_RESTART_MS);
      this.options.say(
        `! ${child.part.title} ended (${how}); starting it again in ${
          wait / 1000
        } s. Its log: ${this.options.logFile(child.part.name)}`,
      );
      setTimeout(() => void this.restart(child.part, failures + 1), wait);
    });
  }

  private async restart(part: Part, failures: number): Promise<void> {
    if (this.stopping) return;
    const child = await this.spawn(part, failures);
    this.keepRunning(child);
    try {
      await this.waitUsable(child);
      this.options.say(`• ${part.title} is back`);
    } catch {
      // Either it ended, and is started again; or it is slow, and its log tells why.
    }
  }

  private async end(child: Child): Promise<void> {
    const { pid } = child.process;
    if (pid === undefined) return;
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
    if (await isAlive({ pid, startTime: child.startTime })) {
      signalGroup(pid, 'SIGTERM');
      await child.exited;
    }
    clearTimeout(timer);
  }

  private record(): Promise<void> {
    const list = [...this.running.values()].map(
      ({ part, process: { pid }, startTime }) => ({
        name: part.name,
        pid,
        startTime,
      }),
    );
    this.writing = this.writing.then(() =>
      writeFileWhole(this.options.processesFile, JSON.stringify(list)),
    );
    return this.writing;
  }
}
