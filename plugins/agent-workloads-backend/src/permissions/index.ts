export * from './Authorizer';
export * from './ClusterRights';
export * from './People';
export * from './resource';
export * from './rules';
