export { FormCompanion } from './FormCompanion';
