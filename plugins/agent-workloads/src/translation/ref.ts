import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * The words of this plugin, for apps that have others.
 *
 * @public
 */
export const agentWorkloadsTranslationRef = createTranslationRef({
  id: 'plugin.agent-workloads',
  messages,
});
