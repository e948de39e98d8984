import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { agentWorkloadsTranslations } from '@agentworkloads/backstage-plugin-agent-workloads/translations';

/** The words of the languages that `api:app/app-language` offers in the settings. */
export const translationsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'agent-workloads',
      params: { resource: agentWorkloadsTranslations },
    }),
  ],
});
