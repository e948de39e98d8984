import type { ArtifactRef, RunSummary, StepStatus } from '@agentworkloads/api';
import type { StoredFacts } from './pinned-spec';

/** The suspend node that waits, or waited, for a decision. */
export interface GateFacts {
  nodeId: string;
  /** Pending, Running, Succeeded, Failed, Error, Skipped or Omitted. */
  phase: string;
  /** Value of the output parameter `decision`, once there is one. */
  value?: string;
  /** Value of the output parameter `evidence`, once there is one. */
  evidence?: string;
  /** ISO, when it began to wait. */
  startedAt?: string;
  message?: string;
}

/** What a gate is decided on, from the nodes as they are now. */
export interface EvidenceFacts {
  /** Of every artifact of the steps before the gate that has a hash. */
  digest: string;
  /** Names of artifacts, before or behind the gate, for which their step named no hash. */
  missing: string[];
  /** What each step behind the gate that put out artifacts says it was made from; empty text when it doesn't say. */
  claims: string[];
}

/** What the operator knows of a Workflow. Made by `readWorkflow`, nothing else of the operator reads Argo's shapes. */
export interface WorkflowFacts {
  name: string;
  namespace: string;
  uid: string;
  createdAt: string;
  deleting: boolean;
  /** Uid of the owner that is its controller; empty when there is none. */
  ownerUid: string;
  workloadUid: string;
  /** {@link madeDigest} of it: what it was made as, whatever became of it since. */
  madeSha256: string;
  /** Argo's phase; empty while no controller has seen the Workflow. */
  phase: string;
  message: string;
  finished: boolean;
  finishedAt?: string;
  shutdown: boolean;
  /** What Argo runs; undefined until it has taken the Workflow. */
  stored?: StoredFacts;
  /** Why the nodes can't be read: compressed or offloaded. Then everything below is empty. */
  unreadable?: string;
  steps: StepStatus[];
  gates: GateFacts[];
  /** Something works, or waits by intention: silence is no sign of a stall. */
  busy: boolean;
  /** Argo waits for its own limits: parallelism or a lock. */
  queued: boolean;
  /** A failed step waits for its next attempt. */
  backingOff: boolean;
  /** The longest wait between two tries by its template, milliseconds; undefined when that isn't known. */
  longestBackoffMs?: number;
  /** True when the step behind the gate has begun. */
  passedGate: boolean;
  artifacts: Record<string, ArtifactRef>;
  evidence: EvidenceFacts;
  summary: RunSummary | null;
  progressHash: string;
  /** Newest time that Argo wrote anywhere: ISO, empty when there is none. */
  lastChangeAt: string;
  /** The same without the ends of gates, which are ours: a sign that Argo itself works. */
  argoChangeAt: string;
}
