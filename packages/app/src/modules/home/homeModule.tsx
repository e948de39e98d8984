import { createFrontendModule } from '@backstage/frontend-plugin-api';
import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';

/** The first page of the portal: what waits, what runs, and the button that begins a run. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [
    homePlugin.getExtension('page:home').override({
      factory: (original, { config }) =>
        original({ config: { ...config, path: config.path ?? '/' } }),
    }),
    HomePageLayoutBlueprint.make({
      params: { loader: () => import('./HomeLayout').then(m => m.HomeLayout) },
    }),
  ],
});
