export { GatesWaiting } from './GatesWaiting';
export { LatestRuns } from './LatestRuns';
