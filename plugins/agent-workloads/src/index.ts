/** Runs, gates and competitor reports in the portal; new frontend system. */
export { agentWorkloadsPlugin as default } from './plugin';
export { agentWorkloadsApiRef, type AgentWorkloadsApi } from './api';
export { useHomeVisit, type HomeVisit } from './hooks/useHomeVisit';
export { isCompetitorReportAvailable } from './lib/competitors';
