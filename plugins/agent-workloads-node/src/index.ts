/** What the backend packages of agent-workloads share: the clusters, and the names of people there. */
export * from './agentWorkloadsClustersServiceRef';
export { audited } from './audited';
export { checkAccounts } from './checkAccounts';
export * from './clusters';
export * from './identity';
export { type StartOutcome } from './makeOnce';
export * from './newRun';
export * from './newSchedule';
export * from './personWhoMay';
export * from './resources';
export * from './responseError';
export * from './settings';
export * from './startRun';
export * from './startSchedule';
