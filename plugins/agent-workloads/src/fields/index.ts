export { durationField } from './durationField';
export { repeatField } from './repeatField';
export { urlListField } from './urlListField';
