/** What the backend packages of agent-workloads share: the clusters, and the names of people there. */
export * from './agentWorkloadsClustersServiceRef';
export { resolveAccess, type ResolvedAccess } from './access';
export { checkAccounts } from './checkAccounts';
export * from './clusters';
export * from './identity';
export * from './KubernetesClient';
export * from './KubernetesError';
export * from './newRun';
export * from './resources';
export * from './settings';
