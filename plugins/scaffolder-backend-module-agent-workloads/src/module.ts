import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { agentWorkloadsClustersServiceRef } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { randomSuffix } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { createAgentWorkloadAction } from './actions/createAgentWorkload';
import { createScheduleAction } from './actions/createSchedule';

/** @public */
export const scaffolderModuleAgentWorkloads = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'agent-workloads',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        clusters: agentWorkloadsClustersServiceRef,
        permissions: coreServices.permissions,
        scaffolder: scaffolderActionsExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ scaffolder, ...services }) {
        const start = { ...services, now: Date.now, randomSuffix };
        scaffolder.addActions(
          createAgentWorkloadAction(start),
          createScheduleAction(start),
        );
      },
    });
  },
});
