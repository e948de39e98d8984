/** Thin entry for apps of `@backstage/core-plugin-api`: the same pages inside the old shell. */
export {
  agentWorkloadsPlugin,
  AgentWorkloadsDurationField,
  AgentWorkloadsEntityField,
  AgentWorkloadsLaunchCheckField,
  AgentWorkloadsObjectiveField,
  AgentWorkloadsPage,
  AgentWorkloadsRepeatField,
  AgentWorkloadsTimeoutsField,
  AgentWorkloadsUrlListField,
  EntityCompetitorReportCard,
  EntityCompetitorReportContent,
  HomePageGatesWaiting,
  HomePageLatestRuns,
  HomePageUnreadChanges,
  HomePageWatchList,
} from './legacyPlugin';
export { isCompetitorReportAvailable } from './lib/competitors';
export type { Repeat } from './fields/repeat';
export type { Timeouts } from './fields/TimeoutsField';
export type { When } from './components/WhenFields';
