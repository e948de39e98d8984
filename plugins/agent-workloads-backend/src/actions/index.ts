import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { HandlerContext } from '../handlers/context';
import { registerGetReport } from './getReport';
import { registerGetRun } from './getRun';
import { registerListRuns } from './listRuns';

/**
 * For assistants and templates: reading only. Every registered action is offered to MCP clients, and what such a
 * client says is not a person's word, so nothing here starts, stops or decides a run.
 */
export function registerActions(
  registry: ActionsRegistryService,
  context: HandlerContext,
): void {
  registerListRuns(registry, context);
  registerGetRun(registry, context);
  registerGetReport(registry, context);
}
