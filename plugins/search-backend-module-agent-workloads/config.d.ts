import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  agentWorkloads?: {
    /** Reports of completed runs in Backstage's search; without `isFiltered: true` none are. */
    search?: {
      /**
       * That the portal's permission policy answers `agent-workloads.report.find` with the condition
       * `mayReadInCluster({ userRef, ownershipRefs })`. A policy that merely allows it shows everybody the reports of all namespaces, and
       * nothing but the policy can prevent that: search asks nobody else.
       */
      isFiltered?: boolean;
      /** When the index is made anew; default: every ten minutes. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
