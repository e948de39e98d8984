export * from './json-file';
export * from './process-table';
