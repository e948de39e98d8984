export { durationField } from './durationField';
export { urlListField } from './urlListField';
