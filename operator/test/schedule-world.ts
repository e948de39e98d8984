import {
  ANNOTATIONS,
  Timetables,
  type AgentWorkloadScheduleSpecInput,
  type AgentWorkloadScheduleStatus,
} from '@agentworkloads/api';
import {
  FakeApiServer,
  FakeClock,
  silentLogger,
  type FakeObject,
  type LogLine,
} from '@agentworkloads/kube/testing';
import { Store } from '@agentworkloads/kube';
import type { EventNote } from '../src/ports';
import { toCachedWorkload, type CachedWorkload } from '../src/reconcile/cached';
import { toCachedSchedule } from '../src/schedule/cached';
import { createSchedules, type Schedules } from '../src/schedule/controller';
import { FakePolicy } from './fake-policy';
import { LocalClient } from './plans/local-client';

const NAMESPACE = 'agentworkloads';
const DIGEST = 'a'.repeat(64);

/** Fires timers one by one, and lets all that they set off end before the next. */
class TurnClock extends FakeClock {
  protected override settle(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve));
  }
}

/** How a run of a schedule goes, once it is there. */
export interface RunPlan {
  minutes: number;
  phase: 'Completed' | 'Failed' | 'Denied';
  /** It waits at its gate for all of that time. */
  atGate?: boolean;
}

/** What follows schedules, and an API server in memory, in a time of their own; runs do nothing but end. */
export class ScheduleWorld {
  readonly clock: TurnClock;
  readonly api: FakeApiServer;
  readonly policy = new FakePolicy();
  readonly log: LogLine[] = [];
  /** Outlives processes here: reading them takes a while. */
  private readonly timetables = new Timetables();
  readonly events: EventNote[] = [];
  /** How each run goes; an hour, unless told otherwise. */
  plan: (run: FakeObject) => RunPlan = () => ({
    minutes: 60,
    phase: 'Completed',
  });
  /** Milliseconds until a watch brings a change. */
  watchDelay: () => number = () => 10;
  /** Hears of each state of a schedule and of each run that is made. */
  onSchedule: (status: AgentWorkloadScheduleStatus, name: string) => void =
    () => undefined;
  onRun: (run: FakeObject) => void = () => undefined;
  /** Between looks whether the clock was set; undefined for what is shipped. */
  clockEveryMs: number | undefined;
  client: LocalClient | undefined;
  private schedules: Schedules | undefined;
  private lives = 0;
  private close: (() => void)[] = [];

  constructor(start: string) {
    this.clock = new TurnClock(Date.parse(start));
    this.api = new FakeApiServer(() => new Date(this.clock.now()));
    this.tellOfWrites();
  }

  make(
    name: string,
    spec: Partial<AgentWorkloadScheduleSpecInput> = {},
  ): FakeObject {
    return this.api.create('agentworkloadschedules', NAMESPACE, {
      metadata: { name },
      spec: {
        schedule: '0 * * * *',
        requestedBy: { username: 'bob' },
        workloadTemplate: {
          spec: {
            objective: 'What do they charge?',
            targetUrls: ['https://acme.example/pricing'],
          },
        },
        ...spec,
      },
    });
  }

  change(name: string, spec: Partial<AgentWorkloadScheduleSpecInput>): void {
    this.api.change('agentworkloadschedules', NAMESPACE, name, object => {
      object.spec = { ...object.spec, ...spec };
    });
  }

  status(name: string): AgentWorkloadScheduleStatus {
    const found = this.api.find('agentworkloadschedules', NAMESPACE, name);
    return (found?.status ?? {}) as AgentWorkloadScheduleStatus;
  }

  runs(): FakeObject[] {
    return this.api.list('agentworkloads');
  }

  /** A new process; the one before it is dead. */
  startOperator(): LocalClient {
    this.stop();
    const client = new LocalClient(this.api, this.clock, 'op');
    const workloads = new Store<CachedWorkload>();
    const schedules = createSchedules(
      {
        client,
        policy: this.policy,
        events: { record: (_target, event) => this.events.push(event) },
        clock: this.clock,
        logger: silentLogger(this.log),
        random: () => 0.5,
        workers: 4,
        passTimeoutMs: 60_000,
        // A watch here loses nothing.
        resyncMs: 1_000 * 3_600_000,
        // Years go by.
        clockEveryMs: this.clockEveryMs,
        timetables: this.timetables,
      },
      workloads,
    );
    this.client = client;
    this.schedules = schedules;
    const life = (this.lives += 1);
    const isAlive = () => this.lives === life;
    const see = (type: string, kind: string, object: FakeObject) => {
      if (!isAlive()) return;
      if (kind === 'agentworkloadschedules') {
        const seen = toCachedSchedule(object);
        const key = `${NAMESPACE}/${object.metadata.name}`;
        if (type === 'DELETED') schedules.store.delete(key);
        else schedules.store.put(seen);
        schedules.controller.queue.add(key);
        return;
      }
      const seen = toCachedWorkload(object);
      const key = `${NAMESPACE}/${object.metadata.name}`;
      if (type === 'DELETED') {
        schedules.runs.saw(workloads.delete(key)?.scheduled);
        return;
      }
      const { before, taken } = workloads.put(seen);
      if (taken) schedules.runs.saw(before?.scheduled, seen.scheduled);
    };
    for (const kind of ['agentworkloads', 'agentworkloadschedules']) {
      for (const object of this.api.list(kind)) see('ADDED', kind, object);
    }
    for (const kind of ['agentworkloads', 'agentworkloadschedules']) {
      this.watch(kind, see);
    }
    schedules.controller.start();
    return client;
  }

  stop(): void {
    this.lives += 1;
    this.client?.die();
    void this.schedules?.controller.stop(0);
    for (const close of this.close.splice(0)) close();
  }

  /** The order of what a watch brings is that of the changes, however late it comes. */
  private watch(
    kind: string,
    see: (type: string, kind: string, object: FakeObject) => void,
  ): void {
    let last = 0;
    const write = (line: string) => {
      const { type, object } = JSON.parse(line) as {
        type: string;
        object: FakeObject;
      };
      const due = Math.max(last, this.clock.monotonic() + this.watchDelay());
      last = due;
      this.clock.setTimeout(
        () => see(type, kind, object),
        due - this.clock.monotonic(),
      );
      return true;
    };
    this.close.push(this.follow(kind, { write, end: () => undefined }));
  }

  private follow(
    kind: string,
    sink: { write: (line: string) => unknown; end: () => unknown },
  ): () => void {
    const request = {
      client: '',
      method: 'GET',
      kind,
      namespace: '',
      name: '',
      subresource: '',
      watch: true,
      body: undefined,
    };
    const from = new URLSearchParams({
      resourceVersion: String(this.api.position),
    });
    return this.api.follow(request, from, sink);
  }

  /** What the test hears, and what becomes of runs. */
  private tellOfWrites(): void {
    const parse = (line: string) =>
      JSON.parse(line) as { type: string; object: FakeObject };
    this.follow('agentworkloadschedules', {
      write: line => {
        const { object } = parse(line);
        const status = (object.status ?? {}) as AgentWorkloadScheduleStatus;
        this.onSchedule(status, object.metadata.name);
        // Everything that was ever written is kept there; years of it are too much.
        this.api.writes.length = 0;
      },
      end: () => undefined,
    });
    this.follow('agentworkloads', {
      write: line => {
        const { type, object } = parse(line);
        if (type === 'ADDED') {
          this.onRun(object);
          this.run(object);
        }
        const isCancelled =
          object.spec?.cancel === true && !object.status?.finishedAt;
        if (type === 'MODIFIED' && isCancelled) {
          this.clock.setTimeout(() => this.end(object, 'Cancelled'), 30_000);
        }
      },
      end: () => undefined,
    });
  }

  private run(run: FakeObject): void {
    const { minutes, phase, atGate } = this.plan(run);
    const begin = () =>
      this.edit(run, object => {
        object.status = { phase: atGate ? 'AwaitingApproval' : 'Running' };
      });
    this.clock.setTimeout(begin, 1_000);
    this.clock.setTimeout(() => this.end(run, phase), minutes * 60_000);
  }

  private end({ metadata }: FakeObject, phase: string): void {
    this.edit({ metadata }, object => {
      if (object.status?.finishedAt) return;
      const artifact = { bucket: 'b', key: 'k', sha256: DIGEST };
      object.status = {
        phase,
        finishedAt: this.api
          .now()
          .toISOString()
          .replace(/\.\d+Z$/, 'Z'),
        argoWorkflow: { name: 'w', uid: `w-${metadata.uid}` },
        workflowArtifacts: { manifest: artifact, facts: artifact },
      };
    });
  }

  private edit(
    { metadata }: Pick<FakeObject, 'metadata'>,
    change: (object: FakeObject) => void,
  ): void {
    const { name, uid } = metadata;
    const there = this.api.find('agentworkloads', NAMESPACE, name);
    if (there?.metadata.uid !== uid) return;
    this.api.change('agentworkloads', NAMESPACE, name, change);
  }
}

/** The due time that a run was made for. */
export function dueOf({ metadata }: FakeObject): number {
  const { [ANNOTATIONS.dueAt]: dueAt = '' } = (metadata.annotations ??
    {}) as Record<string, string>;
  return Date.parse(dueAt);
}
