/** For tests of what uses this package; no program of ours imports it. */
export * from './fake-api-server';
export * from './fake-clock';
export * from './json-patches';
export * from './silent-logger';
