/** The backend plugin, and what authors of a permission policy need. */
export { agentWorkloadsPlugin as default } from './plugin';
export {
  agentWorkloadsConditions,
  agentWorkloadsRules,
  createAgentWorkloadsConditionalDecision,
  workloadResourceRef,
  type WorkloadFilter,
  type WorkloadReader,
  type WorkloadResource,
} from './permissions';
