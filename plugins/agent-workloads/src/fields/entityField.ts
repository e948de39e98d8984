import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EntityField } from './EntityField';

/** `ui:field: AgentWorkloadsEntity` on a property of type string; `ui:options: { kinds: [Component] }` for other kinds. */
export const entityField = createFormField({
  name: 'AgentWorkloadsEntity',
  component: EntityField,
});
