import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { configureRootRouter } from './rootRouter';
import { databaseInTurn } from './startInTurn';

const backend = createBackend();

backend.add(
  rootHttpRouterServiceFactory({
    configure: context => configureRootRouter(context),
  }),
);

backend.add(databaseInTurn);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./modules/signIn'));
// Outside development the module refuses to load, so it is not even asked there.
if (process.env.NODE_ENV === 'development') {
  backend.add(import('./modules/demoSignIn'));
}

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./modules/permissionPolicy'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('./modules/people'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import(
    '@agentworkloads/backstage-plugin-scaffolder-backend-module-agent-workloads'
  ),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(
  import(
    '@agentworkloads/backstage-plugin-search-backend-module-agent-workloads'
  ),
);

backend.add(import('@backstage/plugin-kubernetes-backend'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@agentworkloads/backstage-plugin-agent-workloads-backend'));

backend.start().catch((error: Error) => {
  // Its server would go on answering that it is not ready, and nobody would start it again.
  console.error(error.message);
  process.exit(1);
});
