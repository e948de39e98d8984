export { ChangeLog } from './ChangeLog';
export { intakeOf } from './intakeOf';
