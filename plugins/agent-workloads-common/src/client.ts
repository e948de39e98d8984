import { ResponseError } from '@backstage/errors';
import { summarySentenceSchema, type Report } from '@agentworkloads/api';
import { PLUGIN_ID } from './permissions';
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

/** The part of Backstage's fetchApi that the client needs; it resolves `plugin://` URLs and adds the token. @public */
export interface FetchApi {
  fetch: typeof fetch;
}

/** Client of the agent-workloads backend. Each method throws ResponseError when the answer is not 2xx. @public */
export class AgentWorkloadsClient {
  constructor(private readonly fetchApi: FetchApi) {}

  async listRuns(
    query: RunsQuery = {},
    signal?: AbortSignal,
  ): Promise<RunsResponse> {
    return this.json(`/runs?${paramsOf(query)}`, { signal });
  }

  async getRun(ref: RunRef, signal?: AbortSignal): Promise<RunDetail> {
    return this.json(runPath(ref), { signal });
  }

  async listGates(signal?: AbortSignal): Promise<GatesResponse> {
    return this.json('/gates', { signal });
  }

  async listSchedules(signal?: AbortSignal): Promise<SchedulesResponse> {
    return this.json('/schedules', { signal });
  }

  async getSchedule(
    ref: RunRef,
    signal?: AbortSignal,
  ): Promise<ScheduleDetail> {
    return this.json(schedulePath(ref), { signal });
  }

  /** With `dryRun` the API server checks everything, the name too, and nothing is made. */
  async createSchedule(
    request: CreateScheduleRequest,
    options: { dryRun?: boolean; signal?: AbortSignal } = {},
  ): Promise<RunRef> {
    return this.json(`/schedules${options.dryRun ? '?dryRun=true' : ''}`, {
      ...post(request),
      signal: options.signal,
    });
  }

  /** Asks for one run, in the caller's name; later ones go on in it. What became of it is in `lastRunNow` afterwards. */
  async runScheduleNow(
    ref: ScheduleRef,
    request: RunNowRequest,
  ): Promise<ScheduleItem> {
    return this.json(
      `${schedulePath(ref)}/run-now`,
      post({ ...request, uid: ref.uid }),
    );
  }

  /** Where it changes what is run, its runs go on in the caller's name. */
  async editSchedule(
    ref: ScheduleRef,
    request: EditScheduleRequest,
  ): Promise<ScheduleDetail> {
    return this.json(
      `${schedulePath(ref)}/edit`,
      post({ ...request, uid: ref.uid }),
    );
  }

  /** Its runs go with it. */
  async deleteSchedule(ref: ScheduleRef): Promise<void> {
    const query = new URLSearchParams({ uid: ref.uid });
    await this.json(`${schedulePath(ref)}?${query}`, { method: 'DELETE' });
  }

  async suspendSchedule(ref: ScheduleRef): Promise<ScheduleItem> {
    return this.json(`${schedulePath(ref)}/suspend`, post({ uid: ref.uid }));
  }

  async resumeSchedule(ref: ScheduleRef): Promise<ScheduleItem> {
    return this.json(`${schedulePath(ref)}/resume`, post({ uid: ref.uid }));
  }

  async listChanges(
    query: ChangesQuery = {},
    signal?: AbortSignal,
  ): Promise<ChangesResponse> {
    return this.json(`/changes?${paramsOf(query)}`, { signal });
  }

  /** Says that the caller looks at the changes, and is told which are new to them. */
  async visitChanges(): Promise<ChangesVisit> {
    return this.json('/changes/visit', post({}));
  }

  /** The bytes of the CSV of what the query finds. */
  async openChangesCsv(
    query: ChangesQuery = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    return this.open(`/changes.csv?${paramsOf(query)}`, signal);
  }

  /** Puts a change aside for the caller alone, or takes it up again. */
  async markSeen(change: ChangeRef, seen: boolean): Promise<ChangeItem> {
    return this.json(`${changePath(change)}/seen`, post({ seen }));
  }

  /** Says in the caller's name that a change is none. */
  async callWrong(change: ChangeRef, reason: string): Promise<ChangeItem> {
    return this.json(`${changePath(change)}/wrong`, post({ reason }));
  }

  /** Takes back that it is none. */
  async takeBackWrong(change: ChangeRef): Promise<ChangeItem> {
    return this.json(`${changePath(change)}/right`, post({}));
  }

  /** A zip of the pages that a change was read from, and of the change. */
  async openTestPage(change: ChangeRef): Promise<Response> {
    return this.open(`${changePath(change)}/test-page.zip`);
  }

  /** Events of the workload, its Workflow and its pods, newest first. */
  async listEvents(
    ref: RunRef,
    signal?: AbortSignal,
  ): Promise<{ items: RunEvent[] }> {
    return this.json(`${runPath(ref)}/events`, { signal });
  }

  async getEvidence(ref: RunRef, signal?: AbortSignal): Promise<RunEvidence> {
    return this.json(`${runPath(ref)}/evidence`, { signal });
  }

  async getReport(ref: RunRef, signal?: AbortSignal): Promise<Report> {
    const report = await this.json<Report>(
      `${runPath(ref)}/artifacts/report-json`,
      { signal },
    );
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
    return this.json(
      `/runs${options.dryRun ? '?dryRun=true' : ''}`,
      post(request),
    );
  }

  async cancelRun(ref: RunRef): Promise<void> {
    await this.json(`${runPath(ref)}/cancel`, post({}));
  }

  /**
   * A new run with the same input, asked for by the caller.
   * @param key - makes it one run however often it is sent
   */
  async rerun(ref: RunRef, key?: string): Promise<RunRef> {
    return this.json(`${runPath(ref)}/rerun`, post({ key }));
  }

  async decideGate(
    ref: RunRef,
    request: DecideGateRequest,
  ): Promise<DecideGateResponse> {
    return this.json(`${runPath(ref)}/gate/decision`, post(request));
  }

  /** Leaves more time to decide; the deadline moves once the operator has seen it. */
  async extendGate(ref: RunRef, request: ExtendGateRequest): Promise<void> {
    await this.json(`${runPath(ref)}/gate/extension`, post(request));
  }

  /** Text of a step's log: whole, or followed until the step ends. The caller reads `response.body`. */
  async openLog(
    ref: RunRef,
    step: string,
    options: { follow?: boolean; signal?: AbortSignal } = {},
  ): Promise<Response> {
    return this.open(
      `${runPath(ref)}/steps/${encodeURIComponent(step)}/log${
        options.follow ? '?follow=true' : ''
      }`,
      options.signal,
    );
  }

  /** The bytes of an artifact by its name: `report-html`, `report-md`, … */
  async openArtifact(
    ref: RunRef,
    name: string,
    signal?: AbortSignal,
  ): Promise<Response> {
    return this.open(
      `${runPath(ref)}/artifacts/${encodeURIComponent(name)}`,
      signal,
    );
  }

  /** The bytes of an object of this run (a screenshot, a page's text); the key must be the run's own. */
  async openObject(
    ref: RunRef,
    key: string,
    signal?: AbortSignal,
  ): Promise<Response> {
    return this.open(
      `${runPath(ref)}/objects?key=${encodeURIComponent(key)}`,
      signal,
    );
  }

  private async open(path: string, signal?: AbortSignal): Promise<Response> {
    const response = await this.fetchApi.fetch(`plugin://${PLUGIN_ID}${path}`, {
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }

  private async json<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.fetchApi.fetch(
      `plugin://${PLUGIN_ID}${path}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.status === 204 ? (undefined as T) : response.json();
  }
}

/** Lists are repeated; what is absent or empty is left out. */
function paramsOf(query: RunsQuery | ChangesQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    values
      .filter(one => one !== undefined && one !== '')
      .forEach(one => params.append(name, String(one)));
  }
  return params;
}

function changePath({ cluster, workloadUid, position }: ChangeRef): string {
  const path = [cluster, workloadUid, String(position)];
  return `/changes/${path.map(encodeURIComponent).join('/')}`;
}

function runPath(ref: RunRef): string {
  return `/runs/${pathOf(ref)}`;
}

function schedulePath(ref: RunRef): string {
  return `/schedules/${pathOf(ref)}`;
}

function pathOf({ cluster, namespace, name }: RunRef): string {
  return [cluster, namespace, name].map(encodeURIComponent).join('/');
}

function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
