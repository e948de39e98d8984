export { StepGraph } from './StepGraph';
