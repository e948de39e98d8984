/** Argo's objects as we know them, and the one reader of a Workflow's nodes. */
export * from './dag';
export * from './nodes';
export * from './objects';
export * from './pod-name';
export * from './steps';
export * from './summary';
