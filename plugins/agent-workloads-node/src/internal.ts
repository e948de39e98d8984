/** What our own backend packages of the same version share. Nobody else may count on a name of this entry. */
export { audited } from './audited';
export { checkAccounts } from './checkAccounts';
export { openCluster } from './clusters';
export type { IdentitySettings } from './identity';
export { type StartOutcome } from './makeOnce';
export * from './newRun';
export * from './newSchedule';
export * from './personWhoMay';
export * from './refusal';
export * from './resourceRef';
export * from './resources';
export * from './responseError';
export * from './settings';
export * from './startRun';
export * from './startSchedule';
