import { summarySentenceSchema, type Report } from '@agentworkloads/api';
import type { CheckPagesRequest, PageCheck, StartCheck } from './checks';
import { createRestClient, type FetchApi } from './restClient';
import type {
  ChangeItem,
  ChangeRef,
  ChangesQuery,
  ChangesResponse,
  ChangesVisit,
  CreateRunRequest,
  CreateScheduleRequest,
  DecideGateRequest,
  DecideGateResponse,
  ExtendGateRequest,
  EditScheduleRequest,
  GatesResponse,
  RunDetail,
  RunEvent,
  RunEvidence,
  RunNowRequest,
  RunRef,
  RunsQuery,
  RunsResponse,
  ScheduleDetail,
  ScheduleItem,
  ScheduleRef,
  SchedulesResponse,
} from './types';

/** Client of the agent-workloads backend. Each method throws ResponseError when the answer is not 2xx. @public */
export class AgentWorkloadsClient {
  private readonly rest: ReturnType<typeof createRestClient>;

  constructor(fetchApi: FetchApi) {
    this.rest = createRestClient(fetchApi);
  }

  async listRuns(
    query: RunsQuery = {},
    signal?: AbortSignal,
  ): Promise<RunsResponse> {
    return json(this.rest.get('/runs', { params: { query }, signal }));
  }

  async getRun(ref: RunRef, signal?: AbortSignal): Promise<RunDetail> {
    return json(
      this.rest.get('/runs/{cluster}/{namespace}/{name}', {
        params: { path: pathOf(ref) },
        signal,
      }),
    );
  }

  async listGates(signal?: AbortSignal): Promise<GatesResponse> {
    return json(this.rest.get('/gates', { signal }));
  }

  async listSchedules(signal?: AbortSignal): Promise<SchedulesResponse> {
    return json(this.rest.get('/schedules', { signal }));
  }

  async getSchedule(
    ref: RunRef,
    signal?: AbortSignal,
  ): Promise<ScheduleDetail> {
    return json(
      this.rest.get('/schedules/{cluster}/{namespace}/{name}', {
        params: { path: pathOf(ref) },
        signal,
      }),
    );
  }

  /** With `dryRun` the API server checks everything, the name too, and nothing is made. */
  async createSchedule(
    request: CreateScheduleRequest,
    options: { dryRun?: boolean; signal?: AbortSignal } = {},
  ): Promise<RunRef> {
    return json(
      this.rest.post('/schedules', {
        params: { query: { dryRun: options.dryRun || undefined } },
        body: request,
        signal: options.signal,
      }),
    );
  }

  /** Asks for one run, in the caller's name; later ones go on in it. What became of it is in `lastRunNow` afterwards. */
  async runScheduleNow(
    ref: ScheduleRef,
    request: RunNowRequest,
  ): Promise<ScheduleItem> {
    return json(
      this.rest.post('/schedules/{cluster}/{namespace}/{name}/run-now', {
        params: { path: pathOf(ref) },
        body: { ...request, uid: ref.uid },
      }),
    );
  }

  /** Where it changes what is run, its runs go on in the caller's name. */
  async editSchedule(
    ref: ScheduleRef,
    request: EditScheduleRequest,
  ): Promise<ScheduleDetail> {
    return json(
      this.rest.post('/schedules/{cluster}/{namespace}/{name}/edit', {
        params: { path: pathOf(ref) },
        body: { ...request, uid: ref.uid },
      }),
    );
  }

  /** Its runs go with it. */
  async deleteSchedule(ref: ScheduleRef): Promise<void> {
    await this.rest.delete('/schedules/{cluster}/{namespace}/{name}', {
      params: { path: pathOf(ref), query: { uid: ref.uid } },
    });
  }

  async suspendSchedule(ref: ScheduleRef): Promise<ScheduleItem> {
    return json(
      this.rest.post('/schedules/{cluster}/{namespace}/{name}/suspend', {
        params: { path: pathOf(ref) },
        body: { uid: ref.uid },
      }),
    );
  }

  async resumeSchedule(ref: ScheduleRef): Promise<ScheduleItem> {
    return json(
      this.rest.post('/schedules/{cluster}/{namespace}/{name}/resume', {
        params: { path: pathOf(ref) },
        body: { uid: ref.uid },
      }),
    );
  }

  async listChanges(
    query: ChangesQuery = {},
    signal?: AbortSignal,
  ): Promise<ChangesResponse> {
    return json(this.rest.get('/changes', { params: { query }, signal }));
  }

  /** Says that the caller looks at the changes, and is told which are new to them. */
  async visitChanges(): Promise<ChangesVisit> {
    return json(this.rest.post('/changes/visit'));
  }

  /** The bytes of the CSV of what the query finds. */
  async openChangesCsv(
    query: ChangesQuery = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    return open(
      this.rest.get('/changes.csv', {
        params: { query },
        signal,
        parseAs: 'stream',
      }),
    );
  }

  /** Puts a change aside for the caller alone, or takes it up again. */
  async markSeen(change: ChangeRef, seen: boolean): Promise<ChangeItem> {
    return json(
      this.rest.post('/changes/{cluster}/{uid}/{position}/seen', {
        params: { path: changePath(change) },
        body: { seen },
      }),
    );
  }

  /** Says in the caller's name that a change is none. */
  async callWrong(change: ChangeRef, reason: string): Promise<ChangeItem> {
    return json(
      this.rest.post('/changes/{cluster}/{uid}/{position}/wrong', {
        params: { path: changePath(change) },
        body: { reason },
      }),
    );
  }

  /** Takes back that it is none. */
  async takeBackWrong(change: ChangeRef): Promise<ChangeItem> {
    return json(
      this.rest.post('/changes/{cluster}/{uid}/{position}/right', {
        params: { path: changePath(change) },
      }),
    );
  }

  /** A zip of the pages that a change was read from, and of the change. */
  async openTestPage(change: ChangeRef): Promise<Response> {
    return open(
      this.rest.get('/changes/{cluster}/{uid}/{position}/test-page.zip', {
        params: { path: changePath(change) },
        parseAs: 'stream',
      }),
    );
  }

  /** Events of the workload, its Workflow and its pods, newest first. */
  async listEvents(
    ref: RunRef,
    signal?: AbortSignal,
  ): Promise<{ items: RunEvent[] }> {
    return json(
      this.rest.get('/runs/{cluster}/{namespace}/{name}/events', {
        params: { path: pathOf(ref) },
        signal,
      }),
    );
  }

  async getEvidence(ref: RunRef, signal?: AbortSignal): Promise<RunEvidence> {
    return json(
      this.rest.get('/runs/{cluster}/{namespace}/{name}/evidence', {
        params: { path: pathOf(ref) },
        signal,
      }),
    );
  }

  async getReport(ref: RunRef, signal?: AbortSignal): Promise<Report> {
    const response = await this.openArtifact(ref, 'report-json', signal);
    const report: Report = await response.json();
    // Reports of before have bare strings there.
    return {
      ...report,
      summary: summarySentenceSchema.array().parse(report.summary),
    };
  }

  /** With `dryRun` the API server checks everything and nothing is made. */
  async createRun(
    request: CreateRunRequest,
    options: { dryRun?: boolean } = {},
  ): Promise<RunRef> {
    return json(
      this.rest.post('/runs', {
        params: { query: { dryRun: options.dryRun || undefined } },
        body: request,
      }),
    );
  }

  /** Whether such a run may start, by cluster and policy, as far as is known now. Makes nothing. */
  async checkStart(
    request: CreateRunRequest,
    signal?: AbortSignal,
  ): Promise<StartCheck> {
    return json(this.rest.post('/checks/start', { body: request, signal }));
  }

  /** What the robots.txt of their sites says of pages; they themselves are not asked for. */
  async checkPages(
    request: CheckPagesRequest,
    signal?: AbortSignal,
  ): Promise<{ items: PageCheck[] }> {
    return json(this.rest.post('/checks/pages', { body: request, signal }));
  }

  /** @param reason - for people: it stands in the run with the name of the caller */
  async cancelRun(ref: RunRef, reason?: string): Promise<void> {
    await this.rest.post('/runs/{cluster}/{namespace}/{name}/cancel', {
      params: { path: pathOf(ref) },
      body: { reason },
    });
  }

  /**
   * A new run with the same input, asked for by the caller.
   * @param key - makes it one run however often it is sent
   */
  async rerun(ref: RunRef, key?: string): Promise<RunRef> {
    return json(
      this.rest.post('/runs/{cluster}/{namespace}/{name}/rerun', {
        params: { path: pathOf(ref) },
        body: { key },
      }),
    );
  }

  /**
   * A new run on what one saw whose gate ran out of time, asked for by the caller: the pages are not visited again, people are asked anew.
   * @param key - makes it one run however often it is sent
   */
  async openAgain(ref: RunRef, key?: string): Promise<RunRef> {
    return json(
      this.rest.post('/runs/{cluster}/{namespace}/{name}/open-again', {
        params: { path: pathOf(ref) },
        body: { key },
      }),
    );
  }

  async decideGate(
    ref: RunRef,
    request: DecideGateRequest,
  ): Promise<DecideGateResponse> {
    return json(
      this.rest.post('/runs/{cluster}/{namespace}/{name}/gate/decision', {
        params: { path: pathOf(ref) },
        body: request,
      }),
    );
  }

  /** Leaves more time to decide; the deadline moves once the operator has seen it. */
  async extendGate(ref: RunRef, request: ExtendGateRequest): Promise<void> {
    await this.rest.post('/runs/{cluster}/{namespace}/{name}/gate/extension', {
      params: { path: pathOf(ref) },
      body: request,
    });
  }

  /** Text of a step's log: whole, or followed until the step ends. The caller reads `response.body`. */
  async openLog(
    ref: RunRef,
    step: string,
    options: { follow?: boolean; signal?: AbortSignal } = {},
  ): Promise<Response> {
    return open(
      this.rest.get('/runs/{cluster}/{namespace}/{name}/steps/{step}/log', {
        params: {
          path: { ...pathOf(ref), step },
          query: { follow: options.follow || undefined },
        },
        signal: options.signal,
        parseAs: 'stream',
      }),
    );
  }

  /** The bytes of an artifact by its name: `report-html`, `report-md`, … */
  async openArtifact(
    ref: RunRef,
    name: string,
    signal?: AbortSignal,
  ): Promise<Response> {
    return open(
      this.rest.get('/runs/{cluster}/{namespace}/{name}/artifacts/{artifact}', {
        params: { path: { ...pathOf(ref), artifact: name } },
        signal,
        parseAs: 'stream',
      }),
    );
  }

  /** The bytes of an object of this run (a screenshot, a page's text); the key must be the run's own. */
  async openObject(
    ref: RunRef,
    key: string,
    signal?: AbortSignal,
  ): Promise<Response> {
    return open(
      this.rest.get('/runs/{cluster}/{namespace}/{name}/objects', {
        params: { path: pathOf(ref), query: { key } },
        signal,
        parseAs: 'stream',
      }),
    );
  }
}

/** What the backend answered, as JSON. */
async function json<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** The answer itself: its body is not read. */
async function open(call: Promise<{ response: Response }>): Promise<Response> {
  return (await call).response;
}

function pathOf({ cluster, namespace, name }: RunRef) {
  return { cluster, namespace, name };
}

function changePath({ cluster, workloadUid, position }: ChangeRef) {
  return { cluster, uid: workloadUid, position };
}
