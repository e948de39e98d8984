import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { RepeatField } from './RepeatField';
import { validateRepeat } from './validateRepeat';

/** `ui:field: AgentWorkloadsRepeat` on a property of type object: `{schedule, timeZone, name, runNow, soon}`, or nothing of it. */
export const repeatField = createFormField({
  name: 'AgentWorkloadsRepeat',
  component: RepeatField,
  validation: validateRepeat,
});
