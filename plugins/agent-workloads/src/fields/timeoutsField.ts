import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TimeoutsField } from './TimeoutsField';
import { validateTimeouts } from './validateTimeouts';

/** `ui:field: AgentWorkloadsTimeouts` on an object of `suspendGate`, `execution` and `noProgress`. */
export const timeoutsField = createFormField({
  name: 'AgentWorkloadsTimeouts',
  component: TimeoutsField,
  validation: validateTimeouts,
});
