export { DemoStart } from './DemoStart';
export { GatesWaiting } from './GatesWaiting';
export { LatestRuns } from './LatestRuns';
export { UnreadChanges } from './UnreadChanges';
