import {
  ANNOTATIONS,
  scheduleOwnerOf,
  type AgentWorkload,
} from '@agentworkloads/api';

/** The run of its schedule that took the place of this one, as a sentence's end; undefined where none did. */
export function replacedWords({
  metadata,
}: Pick<AgentWorkload, 'metadata'>): string | undefined {
  const other = metadata.annotations?.[ANNOTATIONS.replacedBy];
  return other && scheduleOwnerOf(metadata)
    ? `replaced by ${other.slice(0, 63)}`
    : undefined;
}

/** Why a run was cancelled, in words that others end. */
export function cancelWords(
  workload: Pick<AgentWorkload, 'metadata' | 'spec'>,
): string {
  const replaced = replacedWords(workload);
  if (replaced) return `Cancelled: ${replaced}`;
  const { username, reason } = workload.spec.cancelledBy ?? {};
  if (!username) return 'Cancelled on request';
  return `Cancelled by ${username}${reason ? ` (“${reason}”)` : ''}`;
}
