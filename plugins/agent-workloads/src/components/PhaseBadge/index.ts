export { PhaseBadge, StepPhaseBadge, ToneBadge } from './PhaseBadge';
