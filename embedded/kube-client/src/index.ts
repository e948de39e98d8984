export * from './admin-kubeconfig';
export * from './https-client';
export * from './informer';
export * from './kubeconfig';
export * from './port';
