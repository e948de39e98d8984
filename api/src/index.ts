/** The contract between all parts: schemas, inferred types, constants, object keys. */
export * from './agent-approval';
export * from './agent-workload';
export * from './argo/index';
export * from './artifacts';
export * from './conditions';
export * from './duration';
export * from './lifetime';
export * from './evidence';
export * from './group';
export * from './hosts';
export * from './mask-urls';
export * from './meta';
export * from './phases';
export * from './policy';
export * from './report';
export * from './report-reading';
export * from './workflow';
