import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { LaunchCheckField } from './LaunchCheckField';

/** `ui:field: AgentWorkloadsLaunchCheck` on a property of type null, in the last step of a form. */
export const launchCheckField = createFormField({
  name: 'AgentWorkloadsLaunchCheck',
  component: LaunchCheckField,
});
