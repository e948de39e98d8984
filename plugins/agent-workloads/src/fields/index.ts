export { urlListField } from './urlListField';
