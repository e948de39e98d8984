/** Thin entry for apps of `@backstage/core-plugin-api`: the same pages inside the old shell. */
export {
  agentWorkloadsPlugin,
  AgentWorkloadsDurationField,
  AgentWorkloadsPage,
  AgentWorkloadsRepeatField,
  AgentWorkloadsUrlListField,
  EntityCompetitorReportCard,
  EntityCompetitorReportContent,
  HomePageGatesWaiting,
  HomePageLatestRuns,
  HomePageUnreadChanges,
} from './legacyPlugin';
export { isCompetitorReportAvailable } from './lib/competitors';
export type { Repeat } from './fields/repeat';
export type { When } from './components/WhenFields';
