/**
 * Phases are for people: logic reads conditions. The first three are on the way,
 * the others are final and never change.
 *
 * @public
 */
export const PHASES = [
  'Pending',
  'Running',
  'AwaitingApproval',
  'PolicyDenied',
  'Completed',
  'Failed',
  'TimedOut',
  'Denied',
  'Cancelled',
] as const;
/** @public */
export type Phase = (typeof PHASES)[number];

export const FINAL_PHASES = [
  'PolicyDenied',
  'Completed',
  'Failed',
  'TimedOut',
  'Denied',
  'Cancelled',
] as const satisfies readonly Phase[];
export type FinalPhase = (typeof FINAL_PHASES)[number];

export function isFinalPhase(phase: string | undefined): phase is FinalPhase {
  return FINAL_PHASES.some(final => final === phase);
}
