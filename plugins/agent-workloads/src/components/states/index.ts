export {
  ClusterBanner,
  EmptyState,
  ErrorState,
  LoadingState,
  NotFoundState,
  RefusalState,
  SlowNotice,
} from './states';
