import type {
  ChangeItem,
  ChangeRef,
  CreateScheduleRequest,
  ChangesQuery,
  ChangesResponse,
  DecideGateRequest,
  ExtendGateRequest,
  EditScheduleRequest,
  GatesResponse,
  RunDetail,
  RunListItem,
  RunNowRequest,
  RunRef,
  RunsQuery,
  RunsResponse,
  ScheduleItem,
  SchedulesResponse,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { AgentWorkloadsApi } from '../api';
import { EVIDENCE, REPORT } from './evidence';
import { PAGES, sha256 } from './pages';
import { aScheduleDetail } from './runs';

/** An error of the shape that the client throws. */
export function refusal(status: number, message: string): Error {
  return Object.assign(new Error(`Request failed with ${status}`), {
    name: 'ResponseError',
    statusCode: status,
    cause: { message },
    body: { error: { message } },
  });
}

/** What the pages asked for, so that tests can assert on it. */
export interface FakeState {
  queries: RunsQuery[];
  changesQueries: ChangesQuery[];
  files: ChangesQuery[];
  decisions: DecideGateRequest[];
  extensions: ExtendGateRequest[];
  cancelled: (RunRef & { reason?: string })[];
  reruns: { run: string; key?: string }[];
  /** Names of schedules, in the order in which they were acted on. */
  acted: { name: string; action: 'suspend' | 'resume' }[];
  /** Schedules that were asked for; `dryRun` for those that were only checked. */
  created: (CreateScheduleRequest & { dryRun: boolean })[];
  edited: (EditScheduleRequest & { name: string })[];
  /** Names of schedules. */
  deleted: string[];
  runNow: (RunNowRequest & { name: string })[];
}

/** jsdom has no Response; the pages only read these. */
export function responseOf(content: string, type: string): Response {
  const bytes = new TextEncoder().encode(content);
  const blob = {
    type,
    arrayBuffer: async () => bytes.buffer,
  };
  return {
    blob: async () => blob,
    text: async () => content,
    body: null,
  } as unknown as Response;
}

const noRuns: RunsResponse = {
  items: [],
  total: 0,
  facets: { requestedBy: [], hosts: [], entityRefs: [] },
  clusters: [{ name: 'local', synced: true }],
};

const noGates: GatesResponse = { items: [], clusters: noRuns.clusters };

const noChanges: ChangesResponse = {
  items: [],
  takenIn: false,
  waiting: 0,
  clusters: noRuns.clusters,
};

/** The filters that pages set by themselves; what a person chooses is only recorded. */
function fits(
  run: RunListItem,
  { hasReport, outcome, phase }: RunsQuery,
): boolean {
  return (
    (hasReport === undefined || run.hasReport === hasReport) &&
    (outcome !== 'completed' || run.phase === 'Completed') &&
    (!phase || hasReport !== undefined || phase.includes(run.phase))
  );
}

/** The REST API in memory; each part can be replaced. */
export function fakeApi(
  part: Partial<AgentWorkloadsApi> & {
    runs?: Partial<RunsResponse>;
    run?: RunDetail;
    gates?: GatesResponse['items'];
    changes?: Partial<ChangesResponse>;
    schedules?: SchedulesResponse['items'];
  } = {},
): { api: AgentWorkloadsApi; state: FakeState } {
  const { runs, run, gates, changes, schedules, ...methods } = part;
  const state: FakeState = {
    queries: [],
    changesQueries: [],
    files: [],
    decisions: [],
    extensions: [],
    cancelled: [],
    reruns: [],
    acted: [],
    created: [],
    edited: [],
    deleted: [],
    runNow: [],
  };
  let kept = schedules ?? [];
  const change = (name: string, changed: Partial<ScheduleItem>) => {
    kept = kept.map(one => (one.name === name ? { ...one, ...changed } : one));
    return kept.find(one => one.name === name)!;
  };
  let keptChanges = changes?.items ?? [];
  const marked = (ref: ChangeRef, marks: Partial<ChangeItem>): ChangeItem => {
    const isIt = (one: ChangeItem) =>
      one.workloadUid === ref.workloadUid && one.position === ref.position;
    keptChanges = keptChanges.map(one =>
      isIt(one) ? { ...one, ...marks } : one,
    );
    return keptChanges.find(isIt)!;
  };
  const api: AgentWorkloadsApi = {
    listRuns: async query => {
      state.queries.push(query ?? {});
      const found = (runs?.items ?? []).filter(one => fits(one, query ?? {}));
      const items = found.slice(0, query?.limit ?? 25);
      return { ...noRuns, total: found.length, ...runs, items };
    },
    getRun: async ref => {
      if (!run) {
        throw refusal(404, `There is no run ${ref.name}.`);
      }
      return run;
    },
    listGates: async () => ({ ...noGates, items: gates ?? [] }),
    listChanges: async query => {
      state.changesQueries.push(query ?? {});
      return { ...noChanges, ...changes, items: keptChanges };
    },
    visitChanges: async () => ({}),
    openChangesCsv: async query => {
      state.files.push(query ?? {});
      return responseOf('completed_at,company\r\n', 'text/csv');
    },
    markSeen: async (ref, seen) =>
      marked(ref, { seenAt: seen ? new Date().toISOString() : undefined }),
    callWrong: async (ref, reason) =>
      marked(ref, {
        wrong: {
          by: 'user:default/guest',
          at: new Date().toISOString(),
          reason,
          mine: true,
        },
      }),
    takeBackWrong: async ref => marked(ref, { wrong: undefined }),
    openTestPage: async () => responseOf('zip', 'application/zip'),
    listSchedules: async () => ({
      items: kept,
      clusters: noRuns.clusters,
    }),
    createSchedule: async (request, { dryRun = false } = {}) => {
      state.created.push({ ...request, dryRun });
      const { name = 'made' } = request;
      return { cluster: 'local', namespace: 'agentworkloads', name };
    },
    getSchedule: async ({ name }) => aScheduleDetail(change(name, {})),
    editSchedule: async ({ name }, request) => {
      state.edited.push({ name, ...request });
      const { schedule, timeZone, objective } = request.spec;
      const when = {
        ...(schedule && { schedule }),
        ...(timeZone && { timeZone }),
      };
      return aScheduleDetail(
        change(name, { ...when, ...(objective && { objective }) }),
      );
    },
    deleteSchedule: async ({ name }) => {
      state.deleted.push(name);
      kept = kept.filter(one => one.name !== name);
    },
    suspendSchedule: async ({ name }) => {
      state.acted.push({ name, action: 'suspend' });
      return change(name, { suspend: true });
    },
    resumeSchedule: async ({ name }) => {
      state.acted.push({ name, action: 'resume' });
      return change(name, { suspend: false });
    },
    runScheduleNow: async ({ name }, request) => {
      state.runNow.push({ name, ...request });
      const runNow = request.token;
      return change(name, { runNow, requestedBy: 'me', isYours: true });
    },
    listEvents: async () => ({ items: [] }),
    getEvidence: async () => EVIDENCE,
    getReport: async () => REPORT,
    checkStart: async () => ({
      cluster: { answer: 'accepted' },
      policy: {
        answer: 'starts',
        reasons: [],
        gate: { mode: 'human', fourEyes: true },
      },
    }),
    checkPages: async ({ targetUrls }) => ({
      items: targetUrls.map(url => ({ url, outcome: 'allowed' })),
    }),
    cancelRun: async (ref, reason) => {
      state.cancelled.push({ ...ref, reason });
    },
    rerun: async (ref, key) => {
      state.reruns.push({ run: ref.name, key });
      return { ...ref, name: `${ref.name}-again` };
    },
    openAgain: async ref => ({ ...ref, name: `${ref.name}-again` }),
    extendGate: async (_, request) => {
      state.extensions.push(request);
    },
    decideGate: async (_, request) => {
      state.decisions.push(request);
      return { approval: { name: 'approval', uid: 'uid-approval' } };
    },
    openLog: async () =>
      responseOf(
        '{"level":"info","msg":"page saved","url":"https://a.example"}\nplain line\n',
        'text/plain',
      ),
    openArtifact: async () => responseOf('# Report', 'text/markdown'),
    openObject: async (_, key) => {
      const page = PAGES.find(one => key.includes(sha256(one.url)));
      return key.endsWith('.txt')
        ? responseOf(page?.text ?? '', 'text/plain')
        : responseOf('RIFF....WEBPVP8 without a picture', 'image/webp');
    },
    ...methods,
  };
  return { api, state };
}
