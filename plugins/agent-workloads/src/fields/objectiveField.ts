import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ObjectiveField } from './ObjectiveField';
import { validateObjective } from './validateObjective';

/** `ui:field: AgentWorkloadsObjective` on a property of type string. */
export const objectiveField = createFormField({
  name: 'AgentWorkloadsObjective',
  component: ObjectiveField,
  validation: validateObjective,
});
