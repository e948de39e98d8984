export { durationField } from './durationField';
export { objectiveField } from './objectiveField';
export { repeatField } from './repeatField';
export { timeoutsField } from './timeoutsField';
export { urlListField } from './urlListField';
