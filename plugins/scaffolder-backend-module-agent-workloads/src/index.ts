/** The scaffolder action `agent-workloads:create`. */
export { scaffolderModuleAgentWorkloads as default } from './module';
export { createAgentWorkloadAction } from './actions/createAgentWorkload';
