/** The clusters of agent-workloads for a backend module of yours, and the names of people there. */
export { agentWorkloadsClustersServiceRef } from './agentWorkloadsClustersServiceRef';
export { AgentWorkloadsClusters, type Cluster } from './clusters';
export { IdentityMapper, type ImpersonatedPerson } from './identity';
