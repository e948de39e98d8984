/** For tests of what uses this package. */
export * from './eventually';
export * from './EmbeddedApiServer';
