export {
  ClusterBanner,
  EmptyState,
  ErrorState,
  LoadingState,
  RefusalState,
} from './states';
