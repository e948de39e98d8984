import {
  AGENT_APPROVAL,
  AGENT_WORKLOAD,
  API_VERSION,
  CONDITION_TYPES,
  REASONS,
  type AgentApproval,
  type AgentWorkload,
  type Reason,
} from '@agentworkloads/api';
import {
  ApiError,
  apiStatus,
  type EventRecorder,
  type EventTarget,
  type KubeClient,
  type Logger,
} from '../ports';
import { buildWorkflow, startRecordOf } from '../workflow/build-workflow';
import { gatePatch } from '../workflow/gate-patch';
import type { RawWorkload } from './cached';
import type { Action, Decision } from './decision';
import { KINDS } from './kinds';
import { isoSeconds, mergeDiff } from './status';

/** Where apply writes. The `seen` functions offer answers to the caches, where they may be ahead of the watch or behind it. */
export interface Effects {
  client: KubeClient;
  events: EventRecorder;
  bucket: string;
  /** Of the Argo controller that is to take what is made; empty for one without. */
  instanceId: string;
  seenWorkload: (raw: unknown) => void;
  seenWorkflow: (raw: unknown) => void;
  seenApproval: (raw: unknown) => void;
  /** Keeps why a Workflow was refused, for the next pass to record it; undefined forgets. */
  refused: (workloadUid: string, why: string | undefined) => void;
  logger: Logger;
}

/** Someone else was first, or the object changed: the next look sees it. */
const LOOK_AGAIN_MS = 100;
/** The watch tells sooner; this is for the case that it doesn't. */
const AFTER_ACTION_MS = 5_000;

function target(metadata: AgentWorkload['metadata']): EventTarget {
  const { name, namespace, uid } = metadata;
  return {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD.kind,
    name,
    namespace,
    uid,
  };
}

/** The server dropped part of a status: its CRD is older than this operator. No tight loop, then. */
const PRUNED_RETRY_MS = 60_000;

/**
 * Writes status, guarded by the resourceVersion that was decided upon; a conflict is thrown as 409.
 * @returns when to look again, milliseconds
 */
export async function applyRecord(
  effects: Effects,
  raw: RawWorkload,
  decision: Extract<Decision, { type: 'record' }>,
): Promise<number> {
  const { metadata } = raw;
  const before = (raw.status ?? {}) as Record<string, unknown>;
  const diff = mergeDiff(before, decision.status);
  if (!diff) return PRUNED_RETRY_MS;
  const written = await effects.client.patch(
    KINDS.workloads,
    metadata.namespace,
    metadata.name,
    {
      type: 'merge',
      subresource: 'status',
      body: {
        metadata: { resourceVersion: metadata.resourceVersion },
        status: diff,
      },
    },
  );
  effects.seenWorkload(written);
  const { phase, message } = decision.status;
  effects.logger.info(
    {
      workload: `${metadata.namespace}/${metadata.name}`,
      uid: metadata.uid,
      phase,
      reason: decision.events[0]?.reason,
    },
    message ?? 'status written',
  );
  for (const event of decision.events) {
    effects.events.record(target(metadata), event);
  }
  const kept = (written as { status?: Record<string, unknown> }).status ?? {};
  const lost = mergeDiff(kept, decision.status);
  if (!lost) return 0;
  effects.logger.error(
    { workload: metadata.name, fields: Object.keys(lost) },
    'the API server did not keep this part of status; apply deploy/crds',
  );
  return PRUNED_RETRY_MS;
}

/**
 * Deletes a run whose time is over, if it is still the one that was looked at, in that state; another
 * one is a conflict and thrown as 409. Owner references take its Workflow and its approvals along.
 */
export async function applyRemoval(
  effects: Effects,
  { metadata }: RawWorkload,
): Promise<void> {
  const { namespace, name, uid, resourceVersion = '' } = metadata;
  await effects.client.delete(KINDS.workloads, namespace, name, {
    uid,
    resourceVersion,
  });
  effects.logger.info(
    { workload: `${namespace}/${name}`, uid },
    'deleted: spec.ttlAfterFinished is over',
  );
}

/** Answers that say "not like this" rather than "not now". */
const REFUSALS: readonly number[] = [400, 403, 404, 422];

type Outcome = 'done' | 'look-again';

async function createWorkflow(
  effects: Effects,
  workload: AgentWorkload,
  name: string,
): Promise<Outcome> {
  const { metadata, spec, status } = workload;
  const manifest = buildWorkflow(
    name,
    metadata,
    spec,
    effects.bucket,
    startRecordOf(status),
    effects.instanceId,
  );
  try {
    const made = await effects.client.create(
      KINDS.workflows,
      metadata.namespace,
      manifest,
    );
    effects.seenWorkflow(made);
    effects.refused(metadata.uid, undefined);
    return 'look-again';
  } catch (error) {
    // An earlier pass made it and could not say so, or it is a stranger's: reading tells which.
    if (apiStatus(error) === 409) return 'look-again';
    if (error instanceof ApiError && REFUSALS.includes(error.status)) {
      effects.refused(metadata.uid, error.message);
    }
    throw error;
  }
}

/** @returns look-again when a guard of the patch failed: then nothing was changed */
async function patchWorkflow(
  effects: Effects,
  workload: AgentWorkload,
  name: string,
  body: unknown[],
): Promise<Outcome> {
  try {
    effects.seenWorkflow(
      await effects.client.patch(
        KINDS.workflows,
        workload.metadata.namespace,
        name,
        { type: 'json', body },
      ),
    );
    return 'done';
  } catch (error) {
    if ([404, 409, 422].includes(apiStatus(error) ?? 0)) {
      effects.logger.info({ workflow: name, err: error }, 'patch was refused');
      return 'look-again';
    }
    throw error;
  }
}

/** resourceVersions of the approvals that one pass wrote, by uid: its next write goes on from there. */
type Versions = Map<string, string>;

async function patchApproval(
  effects: Effects,
  versions: Versions,
  approval: AgentApproval,
  body: object,
  subresource?: 'status',
): Promise<Outcome> {
  const { name, namespace, uid } = approval.metadata;
  const resourceVersion =
    versions.get(uid) ?? approval.metadata.resourceVersion;
  try {
    const written = await effects.client.patch(
      KINDS.approvals,
      namespace,
      name,
      {
        type: 'merge',
        subresource,
        // Guards: a namesake refuses the patch, and so does one that somebody wrote to since.
        body: {
          ...body,
          metadata: { ...metadataOf(body), uid, resourceVersion },
        },
      },
    );
    effects.seenApproval(written);
    const now = (written as Partial<AgentApproval>).metadata?.resourceVersion;
    if (now) versions.set(uid, now);
    return 'done';
  } catch (error) {
    if ([404, 409, 422].includes(apiStatus(error) ?? 0)) return 'look-again';
    throw error;
  }
}

function metadataOf(body: object): object {
  return (body as { metadata?: object }).metadata ?? {};
}

function ownApproval(
  effects: Effects,
  versions: Versions,
  workload: AgentWorkload,
  approval: AgentApproval,
): Promise<Outcome> {
  const owners = approval.metadata.ownerReferences;
  const { name, uid } = workload.metadata;
  return patchApproval(effects, versions, approval, {
    metadata: {
      ownerReferences: [
        ...(Array.isArray(owners) ? owners : []),
        { apiVersion: API_VERSION, kind: AGENT_WORKLOAD.kind, name, uid },
      ],
    },
  });
}

function conditionOf(
  approval: AgentApproval,
  accepted: boolean,
  reason: Reason,
  message: string,
  now: Date,
): object {
  return {
    status: {
      conditions: [
        {
          type: CONDITION_TYPES.accepted,
          status: accepted ? 'True' : 'False',
          observedGeneration: approval.metadata.generation,
          lastTransitionTime: isoSeconds(now),
          reason,
          message: message.slice(0, 1024),
        },
      ],
    },
  };
}

/**
 * Says on approvals that what they name is not there: it never was, or it was deleted before they were used.
 * Neither is theirs to decide any more, should one of that name be made later: its uid is another.
 */
export async function refuseOrphans(
  effects: Effects,
  orphans: AgentApproval[],
  now: Date,
): Promise<void> {
  const reason = REASONS.workloadGone;
  for (const approval of orphans) {
    const { metadata, spec } = approval;
    const { name, uid } = spec.workloadRef;
    const message = `there is no AgentWorkload ${name} with uid ${uid}; decide about one that waits`;
    const body = conditionOf(approval, false, reason, message, now);
    const outcome = await patchApproval(
      effects,
      new Map(),
      approval,
      body,
      'status',
    );
    if (outcome !== 'done') continue;
    effects.events.record(
      {
        apiVersion: API_VERSION,
        kind: AGENT_APPROVAL.kind,
        name: metadata.name,
        namespace: metadata.namespace,
        uid: metadata.uid,
      },
      { type: 'Warning', reason, note: `It has no effect: ${message}` },
    );
  }
}

async function judgeApproval(
  effects: Effects,
  versions: Versions,
  workload: AgentWorkload,
  action: Extract<Action, { type: 'judge-approval' }>,
  now: Date,
): Promise<Outcome> {
  const { approval, accepted, reason, message } = action;
  const { uid, resourceVersion } = approval.metadata;
  const before = versions.get(uid) ?? resourceVersion;
  const outcome = await patchApproval(
    effects,
    versions,
    approval,
    conditionOf(approval, accepted, reason, message, now),
    'status',
  );
  if (outcome === 'done' && !accepted) {
    const { decision, approver } = approval.spec;
    effects.events.record(target(workload.metadata), {
      type: 'Warning',
      reason,
      note: `AgentApproval ${approval.metadata.name} (${decision} by ${approver.username}) has no effect: ${message}`,
    });
  }
  // Nothing wakes the next pass, which opens the gate: the watch brings what is held already.
  const kept = versions.get(uid) !== before;
  return accepted && kept ? 'look-again' : outcome;
}

function carryOut(
  effects: Effects,
  versions: Versions,
  workload: AgentWorkload,
  action: Action,
  now: Date,
): Promise<Outcome> {
  switch (action.type) {
    case 'create-workflow':
      return createWorkflow(effects, workload, action.name);
    case 'decide-gate':
      return patchWorkflow(
        effects,
        workload,
        action.workflow,
        gatePatch(action.patch),
      );
    case 'stop-workflow':
      return patchWorkflow(effects, workload, action.workflow, [
        { op: 'test', path: '/metadata/uid', value: action.workflowUid },
        { op: 'add', path: '/spec/shutdown', value: 'Stop' },
      ]);
    case 'own-approval':
      return ownApproval(effects, versions, workload, action.approval);
    case 'judge-approval':
      return judgeApproval(effects, versions, workload, action, now);
    default: {
      const unknown: never = action;
      throw new Error(`unknown action ${JSON.stringify(unknown)}`);
    }
  }
}

/** @returns when to look again, milliseconds */
export async function applyActions(
  effects: Effects,
  workload: AgentWorkload,
  actions: Action[],
  now: Date,
): Promise<number> {
  let again = AFTER_ACTION_MS;
  const versions: Versions = new Map();
  for (const action of actions) {
    effects.logger.info(
      {
        workload: `${workload.metadata.namespace}/${workload.metadata.name}`,
        action: action.type,
      },
      'carrying out',
    );
    const outcome = await carryOut(effects, versions, workload, action, now);
    if (outcome === 'look-again') again = LOOK_AGAIN_MS;
  }
  return again;
}
