/** Argo's objects as we know them, and the one reader of a Workflow's nodes. */
export * from './objects';
export * from './steps';
