import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { agentWorkloadsClustersServiceRef } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { ReportCollatorFactory } from './ReportCollatorFactory';

const EVERY_TEN_MINUTES = {
  frequency: { minutes: 10 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 15 },
};

/** Reports of completed runs in Backstage's search. @public */
export const searchModuleAgentWorkloads = createBackendModule({
  pluginId: 'search',
  moduleId: 'agent-workloads',
  register(env) {
    env.registerInit({
      deps: {
        clusters: agentWorkloadsClustersServiceRef,
        config: coreServices.rootConfig,
        indexRegistry: searchIndexRegistryExtensionPoint,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ clusters, config, indexRegistry, logger, scheduler }) {
        const ours = config.getOptionalConfig('agentWorkloads.search');
        if (!ours?.getOptionalBoolean('isFiltered')) {
          logger.info(
            'No reports are in the search: set agentWorkloads.search.isFiltered to true once the permission policy answers agent-workloads.report.find with the condition mayReadInCluster',
          );
          return;
        }
        const schedule = ours.getOptionalConfig('schedule');
        indexRegistry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : EVERY_TEN_MINUTES,
          ),
          factory: new ReportCollatorFactory(clusters, logger),
        });
      },
    });
  },
});
