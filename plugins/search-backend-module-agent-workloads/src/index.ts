/** Reports of completed runs in Backstage's search. */
export { searchModuleAgentWorkloads as default } from './module';
