/** What tests start in their own process. */
export { startPostgres } from './postgres/server';
export type { PostgresOptions, RunningPostgres } from './postgres/server';
