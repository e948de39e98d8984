export { ClusterBanner, EmptyState, ErrorState, LoadingState } from './states';
