import type {
  AgentWorkload,
  AgentWorkloadScheduleSpec,
  AgentWorkloadScheduleSpecInput,
  AgentWorkloadScheduleStatus,
  AgentWorkloadSpec,
  AgentWorkloadSpecInput,
  ArtifactRef,
  Change,
  ChangeClass,
  Condition,
  GateStatus,
  GateDecision,
  Manifest,
  NotStarted,
  Phase,
  PolicyRecord,
  Report,
  Reused,
  RunSummary,
  ShotsFile,
  ChangesFile,
  FactsFile,
  StepStatus,
  Wording,
} from '@agentworkloads/api';

/** Signals go out on this channel as `{ cluster, namespace, name }`: what changed, never data. */
export const SIGNAL_CHANNEL = 'agent-workloads:changed';

/** @public */
export interface RunRef {
  cluster: string;
  namespace: string;
  name: string;
}

/** One row of the Runs table. Times are RFC 3339. @public */
export interface RunListItem extends RunRef {
  uid: string;
  objective: string;
  hosts: string[];
  phase: Phase;
  message?: string;
  /** Kubernetes user name of the person who asked; absent when the spec names nobody. */
  requestedBy?: string;
  /** Catalog references of the people who are named here, by their Kubernetes names; those whom the catalog can't have are left out. */
  people?: Record<string, string>;
  entityRef?: string;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** When its pages were seen, by itself or by the run whose pages it used; absent before it visits any. */
  seenAt?: string;
  /** Which run visited the pages, and when, where this one visited none: it was opened again. */
  reused?: Reused;
  gate?: Pick<GateStatus, 'openedAt' | 'deadline' | 'decision' | 'decidedBy'>;
  hasReport: boolean;
  summary?: {
    pages?: number;
    notObserved?: number;
    facts?: number;
    changes?: number;
  };
}

/** @public */
export const RUN_SORT_FIELDS = [
  'createdAt',
  'startedAt',
  'name',
  'phase',
  'requestedBy',
  'duration',
  'pagesSeenAt',
] as const;
/** @public */
export type RunSortField = (typeof RUN_SORT_FIELDS)[number];

/** What became of a run, in fewer words than its phase. @public */
export const RUN_OUTCOMES = [
  'onTheWay',
  'waits',
  'completed',
  'failed',
  'stopped',
] as const;
/** @public */
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/**
 * Query of `GET /runs`; every filter is exact except `search`: a part, in any case, of the name, the objective, an address, the entity's
 * reference, the person or the phase.
 *
 * @public
 */
export interface RunsQuery {
  cluster?: string;
  namespace?: string;
  phase?: Phase[];
  requestedBy?: string;
  entityRef?: string;
  host?: string;
  /** Runs that visit this page, however its address is written. */
  url?: string;
  outcome?: RunOutcome;
  hasReport?: boolean;
  /** Only what the caller asked for. */
  mine?: boolean;
  /** RFC 3339: started then or later; a run that has not begun counts from when it was made. */
  from?: string;
  /** RFC 3339: started before. */
  to?: string;
  search?: string;
  /** What the searched words stand for in the caller's language: runs of these are found as well. */
  searchEntityRef?: string[];
  searchPhase?: Phase[];
  /** `startedAt` sorts a run that has not begun by when it was made. */
  sort?: RunSortField;
  order?: 'asc' | 'desc';
  offset?: number;
  /** 1–200, default 25. */
  limit?: number;
}

/** `error` says why a cluster can't be read now; its last known runs are still listed. @public */
export interface ClusterState {
  name: string;
  synced: boolean;
  error?: string;
  /** What the portal's account can't do there, found when the backend started. */
  lacks?: string;
}

/** @public */
export interface RunsResponse {
  items: RunListItem[];
  total: number;
  /** Values present in what the caller may see, for the filters. */
  facets: { requestedBy: string[]; hosts: string[]; entityRefs: string[] };
  clusters: ClusterState[];
}

/** A node of the step graph: from the live Workflow where there is one, else from status.steps. @public */
export interface RunStep extends StepStatus {
  /** Names of the steps that come before this one. */
  dependsOn: string[];
  podName?: string;
  hasLog: boolean;
}

/** Who may decide a gate, as far as the portal knows. What it does not know, the cluster decides. @public */
export interface GateDeciders {
  /** Catalog references of groups that are the cluster's approvers; empty where none is mapped to them. */
  groups: string[];
  /** Kubernetes name of who may not, under four eyes: who asked for the run. */
  except?: string;
}

/** Whether the caller may decide this gate now; `reason` is a sentence when not. @public */
export interface MayDecide {
  allowed: boolean;
  reason?: string;
  /** What became of the caller's last decision on this gate, when the operator could not use it; they may decide again. */
  refused?: string;
  /** The code and the values of `reason` or `refused`, for other languages. */
  said?: Wording;
  /** Their approval would add nothing to what the gate still asks for, as `reason` says. They may still deny it. */
  mayDeny?: boolean;
}

/** Whether a run can be opened again on the pages that it saw; `reason` is a sentence when not. @public */
export interface MayOpenAgain {
  allowed: boolean;
  reason?: string;
  /** The code and the values of `reason`, for other languages. */
  said?: Wording;
}

/** An AgentApproval of a run. `accepted` is the operator's word on it; absent until it has one. @public */
export interface RunApproval {
  name: string;
  /** Kubernetes user name, vouched for by admission. */
  approver: string;
  decision: GateDecision;
  comment: string;
  createdAt: string;
  nodeId: string;
  accepted?: Pick<Condition, 'status' | 'reason' | 'message'>;
}

/** @public */
export interface RunDetail extends RunListItem {
  resource: AgentWorkload;
  conditions: Condition[];
  steps: RunStep[];
  gateDetail?: GateStatus & {
    workflowUid: string;
    mayDecide: MayDecide;
    /** Of a gate that is open. */
    deciders?: GateDeciders;
    policy?: PolicyRecord;
    /** From the output parameter of `dom`. */
    summary?: RunSummary;
  };
  policyStart?: PolicyRecord;
  artifacts: Record<string, ArtifactRef>;
  /** Every decision that was sent in, used or not. */
  approvals?: RunApproval[];
  mayCancel: boolean;
  /** Of a run whose gate ran out of time, as far as the portal knows; absent of others. */
  mayOpenAgain?: MayOpenAgain;
}

/** @public */
export interface GateItem extends RunListItem {
  workflowUid: string;
  nodeId: string;
  openedAt: string;
  deadline: string;
  /** Hex sha256 of what the gate opened with. */
  evidence: string;
  fourEyes: boolean;
  /** How many people have to approve; absent: 1. */
  approvals?: GateStatus['approvals'];
  /** Of each of these groups somebody must have approved. */
  groups?: GateStatus['groups'];
  /** Approvals that count so far, oldest first. */
  votes?: GateStatus['votes'];
  mayDecide: MayDecide;
  /** Every page was seen and compared with the earlier run, and nothing changed: such gates can be approved together. */
  unchanged: boolean;
}

/** @public */
export interface GatesResponse {
  /** Those that the caller may decide first, then by deadline. */
  items: GateItem[];
  clusters: ClusterState[];
}

/** One row of the Schedules table. Times are RFC 3339. @public */
export interface ScheduleItem extends RunRef {
  uid: string;
  /** What each run asks. */
  objective: string;
  /** How many addresses each run visits. */
  pages: number;
  /** Five fields, or a macro such as `@weekly`. */
  schedule: string;
  timeZone: string;
  suspend: boolean;
  /** Kubernetes user name of the person in whose name the runs are made. */
  requestedBy?: string;
  /** Catalog references of the people who are named here, by their Kubernetes names; those whom the catalog can't have are left out. */
  people?: Record<string, string>;
  createdAt: string;
  /** `Ready` says whether due times lead to runs, and why not. Empty until the operator has looked at it. */
  conditions: Condition[];
  /** Absent where nothing will be started. */
  nextAt?: string;
  /** The due time of the last run that was started for one. */
  lastAt?: string;
  lastSuccessAt?: string;
  /** Names of its runs that go on. */
  active: string[];
  /** The last value of `spec.runNow`; not answered yet while `lastRunNow` has another token. */
  runNow?: string;
  /** The run that the last `runNow` led to, or the reason why there is none. */
  lastRunNow?: NonNullable<AgentWorkloadScheduleStatus['lastRunNow']>;
  /** Why due times led to no run: the last ten reasons, newest first. */
  notStarted: NotStarted[];
  /** Its newest run of those that exist and that the caller may see, by hand or at a due time. */
  lastRun?: RunListItem;
  /** Whether its runs are made in the caller's name: then to run it now takes nothing over. */
  isYours: boolean;
  mayRun: boolean;
  /** Whether the caller may suspend and resume it. */
  mayUpdate: boolean;
}

/** What a person may change of a schedule. `objective` and `targetUrls` are those of each run. @public */
export type ScheduleEditable = Pick<
  AgentWorkloadScheduleSpec,
  'schedule' | 'timeZone' | 'concurrencyPolicy' | 'startingDeadline' | 'history'
> &
  Pick<AgentWorkloadSpec, 'objective' | 'targetUrls'>;

/** One schedule, for its own page. @public */
export interface ScheduleDetail extends ScheduleItem {
  spec: ScheduleEditable;
  /** Of that spec: an edit names it, so that nobody's change in between is lost. */
  generation: number;
  /** How many of its runs exist: they are deleted with it. */
  owned: number;
  mayDelete: boolean;
}

/** Which schedule of that name: one that was deleted and made again since it was looked at is left alone, with 409. @public */
export type ScheduleRef = RunRef & Pick<ScheduleItem, 'uid'>;

/** Body of `POST …/edit`, beside the `uid` of {@link ScheduleRef}. @public */
export interface EditScheduleRequest {
  generation: number;
  /** The person said yes to that runs go on in their name: needed to change what a schedule in another's name runs. */
  takeOver?: boolean;
  /** What is not named stays, in `history` too. */
  spec: Partial<
    Omit<ScheduleEditable, 'history'> & {
      history: Partial<ScheduleEditable['history']>;
    }
  >;
}

/** @public */
export interface SchedulesResponse {
  /** Those that start next first, then those that start nothing, by name. */
  items: ScheduleItem[];
  clusters: ClusterState[];
}

/** Body of `POST …/run-now`, beside the `uid` of {@link ScheduleRef}, which may be left out there. @public */
export interface RunNowRequest {
  /** Of the form of `spec.runNow`. The same one, sent again, starts no second run. */
  token: string;
  /** In whose name the schedule stood on the screen; absent for nobody's. Of a third person it is not taken over. */
  requestedBy?: string;
}

/** Query of `GET /changes` and `GET /changes.csv`. @public */
export interface ChangesQuery {
  cluster?: string;
  namespace?: string;
  /** Name of a run. */
  run?: string;
  /** A part of a company's name or host; case does not matter. */
  company?: string;
  kind?: ChangeClass[];
  /** RFC 3339: runs that were completed then or later. */
  since?: string;
  /** Of runs that belong to this catalog entity. */
  entityRef?: string;
  /** `unread`: came after the caller's last visit, and neither they nor a verdict put it aside; `wrong`: somebody says it is none. */
  show?: 'unread' | 'wrong';
  /** `nextCursor` of the page before; not for the CSV. */
  cursor?: string;
  /** 1–200, default 50; not for the CSV. */
  limit?: number;
}

/** One change of a completed run. Its object may be gone from the cluster. @public */
export interface ChangeItem {
  run: RunRef;
  workloadUid: string;
  /** In the report of the run, from 0. */
  position: number;
  /** When its run saw the pages, {@link pagesSeenAt}; of one that was taken in by a portal of before, when it was completed. */
  completedAt: string;
  /** When it came into this list: later than `unreadSince` of {@link ChangesVisit} is new to the caller. */
  takenInAt: string;
  /** What the run asked, and the catalog entity that it belongs to, in lower case; both absent of runs that were taken in before these were kept. */
  objective?: string;
  entityRef?: string;
  /** Name of the run that it was compared with, of the same namespace. */
  comparedWith?: string;
  /** Of that run: a side of the change may be of an older one still. */
  comparedWithWorkflowUid?: string;
  company: string;
  host: string;
  class: ChangeClass;
  change: Change;
  /** When the caller put it aside for themselves. */
  seenAt?: string;
  /** Somebody says that it is no change. It stays in the record, for all to see who said so, and why. */
  wrong?: WrongChange;
}

/** @public */
export interface WrongChange {
  /** Entity reference of the person. */
  by: string;
  at: string;
  reason: string;
  /** The caller said so: they may take it back. */
  mine: boolean;
}

/** What makes a change this one: its run, and its place in the report of it. @public */
export type ChangeRef = Pick<ChangeItem, 'workloadUid' | 'position'> & {
  cluster: string;
};

/** Body of `POST …/seen`. @public */
export interface MarkSeenRequest {
  seen: boolean;
}

/** Body of `POST …/wrong`. @public */
export interface CallWrongRequest {
  /** 1–2000 characters. */
  reason: string;
}

/** `POST /changes/visit`: the caller looks at the changes. Within half an hour it is the same visit. @public */
export interface ChangesVisit {
  /** When the visit before this one was; absent on the first, when everything is unread. */
  unreadSince?: string;
}

/** @public */
export interface ChangesResponse {
  /** Later runs first, in a run as its report has them. */
  items: ChangeItem[];
  /** Absent at the end. */
  nextCursor?: string;
  /** Whether any run that the caller may read was taken in, changed or not. */
  takenIn: boolean;
  /** Completed runs that the caller may read, and whose changes are not here (yet). */
  waiting: number;
  clusters: ClusterState[];
}

/** @public */
export interface RunEvent {
  type: string;
  reason: string;
  message: string;
  count: number;
  firstSeen: string;
  lastSeen: string;
  regarding: string;
}

/** @public */
export interface CreateRunRequest {
  cluster?: string;
  namespace?: string;
  /** Absent: a name is made from the first host and the time. */
  name?: string;
  /** At most 255 characters. The same request of the same person, sent again with the same key, makes no second run. */
  key?: string;
  spec: Omit<AgentWorkloadSpecInput, 'requestedBy' | 'cancel' | 'cancelledBy'>;
}

/** @public */
export interface CreateScheduleRequest {
  cluster?: string;
  namespace?: string;
  /** At most 40 characters. Absent: a name is made from the first host. */
  name?: string;
  /** At most 255 characters. The same request of the same person, sent again with the same key, makes no second schedule. */
  key?: string;
  spec: Omit<AgentWorkloadScheduleSpecInput, 'requestedBy'>;
}

/** What the approver looked at travels with the decision, so that it can't land on another gate. @public */
export interface DecideGateRequest {
  workloadUid: string;
  workflowUid: string;
  nodeId: string;
  decision: GateDecision;
  /** Required to deny. */
  comment: string;
  /** `gateDetail.evidence` as it stood on the screen; required to approve. */
  evidence?: string;
}

/** More time to decide the gate that was looked at. @public */
export interface ExtendGateRequest {
  workloadUid: string;
  workflowUid: string;
  nodeId: string;
  /** Until when, RFC 3339: after its deadline, and at most `policyStart.longestGateSeconds` after it opened. */
  extendTo: string;
  comment: string;
}

/** @public */
export interface DecideGateResponse {
  approval: { name: string; uid: string };
}

/** `GET …/evidence`: what is known before the report, for the gate panel. Absent parts are not there yet. @public */
export interface RunEvidence {
  manifest?: Manifest;
  facts?: FactsFile;
  shots?: ShotsFile;
  /** What differs from the earlier run; runs of older templates have none. */
  changes?: ChangesFile;
}

export type { Report };
