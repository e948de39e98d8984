import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { UrlListField } from './UrlListField';
import { validateUrlList } from './validateUrlList';

/** `ui:field: AgentWorkloadsUrlList` on a property of type array of string. */
export const urlListField = createFormField({
  name: 'AgentWorkloadsUrlList',
  component: UrlListField,
  validation: validateUrlList,
});
