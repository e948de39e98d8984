import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  agentWorkloadsClustersServiceRef,
  randomSuffix,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { createAgentWorkloadAction } from './actions/createAgentWorkload';
import { createScheduleAction } from './actions/createSchedule';

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
