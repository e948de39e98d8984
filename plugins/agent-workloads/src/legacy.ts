/** Thin entry for apps of `@backstage/core-plugin-api`: the same pages inside the old shell. */
export {
  agentWorkloadsPlugin,
  AgentWorkloadsDurationField,
  AgentWorkloadsPage,
  AgentWorkloadsRepeatField,
  AgentWorkloadsUrlListField,
  EntityCompetitorReportCard,
  EntityCompetitorReportContent,
} from './legacyPlugin';
export { isCompetitorReportAvailable } from './lib/competitors';
