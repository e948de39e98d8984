/** What the core asks of the outside world. Adapters implement these; tests pass fakes. */

export {
  ApiError,
  apiStatus,
  askingOnce,
  endingWith,
  saysAbsent,
  type Clock,
  type KubeClient,
  type KubeMeta,
  type KubeObject,
  type ListingClient,
  type ListPage,
  type ListWatch,
  type Logger,
  type Patch,
  type PatchType,
  type ResourceKind,
  type WatchEvent,
} from '@agentworkloads/kube';

/** What came of asking the policy engine. `unavailable` covers unreachable, late and undefined. */
export type PolicyAnswer =
  | { kind: 'answered'; result: unknown; revision: string }
  | { kind: 'unavailable'; cause: string };

export interface PolicyEngine {
  /** @param entrypoint slash path such as `agentworkloads/start/decision`; never throws */
  decide(entrypoint: string, input: unknown): Promise<PolicyAnswer>;
  /** @returns undefined when decisions can be had, else what is missing */
  notReadyBecause(): Promise<string | undefined>;
}

export interface EventTarget {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  uid: string;
}

export interface EventNote {
  type: 'Normal' | 'Warning';
  reason: string;
  note: string;
}

/** Events are for people and best effort: `record` never throws, and nobody waits for it. */
export interface EventRecorder {
  record(target: EventTarget, event: EventNote): void;
}
