/** The one Kubernetes client of the product. */
export * from './backoff';
export * from './client';
export * from './clock';
export * from './access';
export * from './connection';
export { AccessError, readKubeconfig } from './kubeconfig';
export { pathOf } from './paths';
export * from './controller';
export * from './errors';
export * from './impersonating-client';
export * from './leader-election';
export * from './observers';
export * from './rate-limit';
export * from './reflector';
export * from './renewed';
export * from './store';
export * from './types';
export * from './views';
