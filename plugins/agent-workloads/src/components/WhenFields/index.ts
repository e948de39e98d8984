export { DueTimes } from './DueTimes';
export { PaceFields, PaceRadios, WhenFields, type When } from './WhenFields';
