import { createApiRef } from '@backstage/frontend-plugin-api';
import type { AgentWorkloadsClient } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** What the pages need of the backend; tests and other apps may bring their own. @public */
export type AgentWorkloadsApi = Pick<
  AgentWorkloadsClient,
  | 'listRuns'
  | 'getRun'
  | 'listGates'
  | 'listChanges'
  | 'openChangesCsv'
  | 'visitChanges'
  | 'markSeen'
  | 'callWrong'
  | 'takeBackWrong'
  | 'openTestPage'
  | 'listSchedules'
  | 'createSchedule'
  | 'getSchedule'
  | 'editSchedule'
  | 'deleteSchedule'
  | 'runScheduleNow'
  | 'suspendSchedule'
  | 'resumeSchedule'
  | 'listEvents'
  | 'getEvidence'
  | 'getReport'
  | 'checkStart'
  | 'checkPages'
  | 'cancelRun'
  | 'rerun'
  | 'openAgain'
  | 'decideGate'
  | 'extendGate'
  | 'openLog'
  | 'openArtifact'
  | 'openObject'
>;

/** @public */
export const agentWorkloadsApiRef = createApiRef<AgentWorkloadsApi>().with({
  id: 'plugin.agent-workloads.client',
  pluginId: 'agent-workloads',
});
