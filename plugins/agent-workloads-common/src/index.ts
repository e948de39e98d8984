/** Permissions, REST types and client of the agent-workloads plugins. */
export * from './client';
export * from './pagesSeenAt';
export * from './permissions';
export type { FetchApi } from './restClient';
export * from './soon';
export * from './takeOver';
export * from './checks';
export * from './types';
export { hostRefusal, isServedHost } from '@agentworkloads/api';
