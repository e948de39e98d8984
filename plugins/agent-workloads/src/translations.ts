/** The words of the pages, and the languages that come with them: `@agentworkloads/backstage-plugin-agent-workloads/translations`. */
import { createTranslationResource } from '@backstage/frontend-plugin-api';
import { agentWorkloadsTranslationRef } from './translation/ref';

export { agentWorkloadsTranslationRef };

/**
 * German, for the extension `TranslationBlueprint` or, in an app of the old frontend system, `__experimentalTranslations`.
 *
 * @public
 */
export const agentWorkloadsTranslations = createTranslationResource({
  ref: agentWorkloadsTranslationRef,
  translations: { de: () => import('./translation/de') },
});
