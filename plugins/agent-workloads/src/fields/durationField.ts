import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { DurationField } from './DurationField';
import { validateDuration } from './validateDuration';

/** `ui:field: AgentWorkloadsDuration` on a property of type string; `ui:options: {least: 10s}` sets the shortest. */
export const durationField = createFormField({
  name: 'AgentWorkloadsDuration',
  component: DurationField,
  validation: validateDuration,
});
