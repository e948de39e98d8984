export { durationField } from './durationField';
export { entityField } from './entityField';
export { launchCheckField } from './launchCheckField';
export { objectiveField } from './objectiveField';
export { repeatField } from './repeatField';
export { timeoutsField } from './timeoutsField';
export { urlListField } from './urlListField';
