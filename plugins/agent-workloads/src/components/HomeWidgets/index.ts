export { DemoStart } from './DemoStart';
export { GatesWaiting } from './GatesWaiting';
export { LatestRuns } from './LatestRuns';
export { WatchList } from './WatchList';
export { UnreadChanges } from './UnreadChanges';
