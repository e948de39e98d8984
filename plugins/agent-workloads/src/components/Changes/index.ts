export { ChangeList } from './ChangeList';
export { LatestChanges } from './LatestChanges';
