export * from './Authorizer';
export * from './resource';
export * from './rules';
