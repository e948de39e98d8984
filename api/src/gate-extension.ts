import type {
  AgentWorkloadStatus,
  PolicyRecord,
} from './agent-workload-status';
import type { GateStatus } from './gate';
import { LIMITS } from './limits';

/**
 * Until when a gate may be open, extensions included: what the run was allowed at its start counts.
 * @returns milliseconds since 1970; undefined where it is not open, or policy `start` did not say
 */
export function latestGateEnd(
  gate: Pick<GateStatus, 'openedAt'> | undefined,
  start: Pick<PolicyRecord, 'longestGateSeconds'> | undefined,
): number | undefined {
  const openedAt = Date.parse(gate?.openedAt ?? '');
  return Number.isFinite(openedAt) && start?.longestGateSeconds !== undefined
    ? openedAt + start.longestGateSeconds * 1000
    : undefined;
}

/**
 * More time, not less, and no more than policy leaves a gate: Argo ends the run soon after.
 * @param extendTo RFC 3339
 * @returns why the gate can't be open until then, a sentence without its full stop; undefined when it can
 */
export function extensionProblem(
  status: Pick<AgentWorkloadStatus, 'gate' | 'policy'> | undefined,
  extendTo: string,
): string | undefined {
  const { deadline = '', extensions = [] } = status?.gate ?? {};
  const latest = latestGateEnd(status?.gate, status?.policy?.start);
  if (latest === undefined) {
    return 'policy start did not say how long this gate may be open';
  }
  if (extensions.length >= LIMITS.gateExtensions) {
    return `the gate was extended ${extensions.length} times already`;
  }
  const until = Date.parse(extendTo);
  if (!(until <= latest)) {
    return `policy lets the gate wait until ${new Date(
      latest,
    ).toISOString()} at the latest, not until ${extendTo}`;
  }
  return until > Date.parse(deadline)
    ? undefined
    : `the gate waits until ${deadline} already`;
}
