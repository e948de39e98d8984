import {
  agentApprovalSchema,
  agentWorkloadStatusSchema,
  denialOf,
  evidenceRecordSchema,
  isFinalPhase,
  objectMetaSchema,
  PHASES,
  type AgentApproval,
  type Denial,
  type Phase,
} from '@agentworkloads/api';
import { z } from 'zod';
import type { KubeObject } from '../ports';
import { readHeld } from '../workflow/read-workflow';
import type { Touched } from '../workflow/argo-activity';
import type { WorkflowFacts } from '../workflow/facts';
import { kinOf, type ComparableRun } from './baseline';
import { isJudged, isOwned } from './judge-approval';
import { runOfSchedule, type RunOfSchedule } from '../schedule/runs';
import type { OpenedRun } from './opened-again';
import { endOf, expiryOf } from './timers';

/** Objects as the caches hold them: what isn't needed is dropped when it comes in. */

const anyObjectSchema = z.looseObject({ metadata: objectMetaSchema });
type AnyObject = z.infer<typeof anyObjectSchema>;

/** A workload as it came, save what nobody asks for: each pass parses it, so that a bad one is seen as bad. */
export type RawWorkload = AnyObject;

export interface CachedWorkload extends KubeObject {
  /** Undefined where it is not worth its room: whoever needs it reads it live. */
  raw?: RawWorkload;
  /** For numbers alone. Undefined where status has none yet, or none that is known. */
  phase?: Phase;
  /** Of a run that waits for a decision, for numbers alone. */
  gate?: { openedAt?: string; deadline?: string };
  /** Of a run that policy let start and that has not ended: who asked for it, empty for nobody. */
  running?: { requester: string };
  /** Of a run that is over: all that is left to ask is whether something of it still goes on. */
  ended?: {
    /** Name of its Workflow, or of the last one that was to be made. */
    workflow?: string;
    /** When it may be deleted, milliseconds since 1970. */
    expiresAt?: number;
    /** Of one that later runs may be compared with. */
    comparable?: ComparableRun;
  };
  /** Of a run that uses the pages of an earlier one. */
  opened?: OpenedRun;
  /** Of a run that a schedule made: what that asks of it. */
  scheduled?: RunOfSchedule;
}

export interface CachedWorkflow extends KubeObject {
  /** Name of the workload that owns it; undefined for a Workflow that isn't ours. */
  ownerName?: string;
  /** Undefined once it has ended, too: an end is recorded by a live read. */
  facts?: WorkflowFacts;
  /** Why there are no facts. */
  problem?: string;
  /** True when Argo is done with it. */
  finished?: boolean;
  touched?: Touched;
}

export interface CachedApproval extends KubeObject {
  /** `namespace/name` of the workload that it names. */
  workloadKey?: string;
  /** Undefined for one that was answered and tied to its workload: nothing is left to do with it. */
  approval?: AgentApproval;
  /** Kept after that, too, for as long as the object is there. */
  denial?: Denial;
}

/** `kubectl apply` keeps the whole object in it once more. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function slim(raw: unknown): AnyObject {
  const object = anyObjectSchema.parse(raw);
  const { managedFields: _dropped, ...metadata } = object.metadata;
  const { [LAST_APPLIED]: _copy, ...annotations } = metadata.annotations ?? {};
  return { ...object, metadata: { ...metadata, annotations } };
}

/** @throws ZodError when it has no metadata of a Kubernetes object */
export function toRawWorkload(raw: unknown): RawWorkload {
  return slim(raw);
}

/** Bytes that the bulk of a workload takes; an estimate. */
export function weigh({ raw }: CachedWorkload): number {
  return raw ? JSON.stringify([raw.spec, raw.status]).length : 0;
}

export function withoutBulk({
  raw: _bulk,
  ...rest
}: CachedWorkload): CachedWorkload {
  return rest;
}

const startedSchema = z.looseObject({
  spec: z.looseObject({
    requestedBy: z.looseObject({ username: z.string() }).optional(),
  }),
  status: z.looseObject({
    policy: z.looseObject({
      start: z.looseObject({ decision: z.literal('allow') }),
    }),
  }),
});

function runningOf(object: AnyObject): CachedWorkload['running'] {
  const { data } = startedSchema.safeParse(object);
  return data && { requester: data.spec.requestedBy?.username ?? '' };
}

const openGateSchema = z.object({
  phase: z.literal('AwaitingApproval'),
  gate: z.object({
    openedAt: z.string().optional(),
    deadline: z.string().optional(),
  }),
});

const phaseSchema = z.object({ phase: z.enum(PHASES) });

/** Phase and open gate. The phase is the one of the list, so that ten thousand of them are no ten thousand texts. */
function numbersOf(status: unknown): Pick<CachedWorkload, 'phase' | 'gate'> {
  const known = phaseSchema.safeParse(status).data;
  const phase = PHASES.find(one => one === known?.phase);
  const { data } = openGateSchema.safeParse(status);
  return {
    ...(phase ? { phase } : {}),
    ...(data ? { gate: data.gate } : {}),
  };
}

const openedSchema = z.looseObject({
  evidenceFrom: evidenceRecordSchema.pick({ seenInWorkflow: true }),
});

function openedOf(status: unknown): Pick<CachedWorkload, 'opened'> {
  const { data } = openedSchema.safeParse(status);
  if (!data) return {};
  const { phase = 'Pending' } = numbersOf(status);
  return { opened: { pages: data.evidenceFrom.seenInWorkflow, phase } };
}

function metaOf({ metadata }: AnyObject): KubeObject['metadata'] {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { name, namespace, uid, resourceVersion };
}

const endedSchema = z.looseObject({
  phase: agentWorkloadStatusSchema.shape.phase,
  argoWorkflow: z.looseObject({ name: z.string() }).optional(),
  workflowNames: z.array(z.string()).optional(),
  finishedAt: agentWorkloadStatusSchema.shape.finishedAt.catch(undefined),
  conditions: agentWorkloadStatusSchema.shape.conditions.catch(undefined),
  policy: agentWorkloadStatusSchema.shape.policy.catch(undefined),
});

export function toCachedWorkload(raw: unknown): CachedWorkload {
  const object = slim(raw);
  const metadata = metaOf(object);
  const status = endedSchema.safeParse(object.status);
  if (!status.success || !isFinalPhase(status.data.phase)) {
    const running = runningOf(object);
    const scheduled = runOfSchedule(object);
    return {
      metadata,
      ...numbersOf(object.status),
      ...openedOf(object.status),
      raw: object,
      ...(running ? { running } : {}),
      ...(scheduled ? { scheduled } : {}),
    };
  }
  const { argoWorkflow, workflowNames } = status.data;
  // One that claims to be ours was never recorded as ours, and must be stopped all the same.
  const workflow = argoWorkflow?.name ?? workflowNames?.at(-1);
  const { ttlAfterFinished } = (object.spec ?? {}) as Record<string, unknown>;
  const expiresAt = expiryOf(status.data, ttlAfterFinished);
  const comparable = kinOf(object);
  const at = endOf(status.data);
  const scheduled = runOfSchedule(object, { at, comparable });
  return {
    metadata,
    ...numbersOf(object.status),
    ...openedOf(object.status),
    ...(scheduled ? { scheduled } : {}),
    ended: {
      ...(workflow ? { workflow } : {}),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(comparable ? { comparable } : {}),
    },
  };
}

export function toCachedWorkflow(raw: unknown, bucket: string): CachedWorkflow {
  const object = slim(raw);
  const metadata = metaOf(object);
  const owners = object.metadata.ownerReferences;
  const owner: unknown = Array.isArray(owners)
    ? owners.find((ref: { controller?: boolean }) => ref.controller)
    : undefined;
  const ownerName = z.object({ name: z.string() }).safeParse(owner);
  const named = ownerName.success ? { ownerName: ownerName.data.name } : {};
  try {
    return { metadata, ...named, ...readHeld(object, bucket) };
  } catch {
    return {
      metadata,
      ...named,
      problem: 'it has not the shape of a Workflow',
    };
  }
}

const versionSchema = z.object({
  metadata: z.object({ uid: z.string(), resourceVersion: z.string() }),
});

/** An object of the same uid and resourceVersion is the same object: what was read of it needs no second digest. */
export function factsOfSame(
  cached: CachedWorkflow | undefined,
  raw: unknown,
): WorkflowFacts | undefined {
  const { uid, resourceVersion } = cached?.metadata ?? {};
  const { data } = versionSchema.safeParse(raw);
  return uid !== undefined &&
    resourceVersion !== undefined &&
    data?.metadata.uid === uid &&
    data.metadata.resourceVersion === resourceVersion
    ? cached?.facts
    : undefined;
}

export function toCachedApproval(raw: unknown): CachedApproval {
  const object = slim(raw);
  const parsed = agentApprovalSchema.safeParse(object);
  if (!parsed.success) return { metadata: metaOf(object) };
  const approval = parsed.data;
  const { uid, name } = approval.spec.workloadRef;
  const denial = denialOf(approval);
  const done = isJudged(approval) && isOwned(approval, uid);
  return {
    metadata: metaOf(object),
    workloadKey: `${approval.metadata.namespace}/${name}`,
    ...(done ? {} : { approval }),
    ...(denial ? { denial } : {}),
  };
}
