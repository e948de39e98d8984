import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { AgentWorkloadsClusters } from './clusters';

/** One for the whole backend, so that all its plugins share a cluster's connections. @public */
export const agentWorkloadsClustersServiceRef =
  createServiceRef<AgentWorkloadsClusters>({
    id: 'agent-workloads.clusters',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          config: coreServices.rootConfig,
          lifecycle: coreServices.rootLifecycle,
        },
        factory({ config, lifecycle }) {
          const clusters = AgentWorkloadsClusters.fromConfig(config);
          lifecycle.addShutdownHook(() => clusters.close());
          return clusters;
        },
      }),
  });
