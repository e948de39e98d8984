import type { RequestHandler } from 'express';
import { workloadReadPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { parseRunsQuery, queryRuns } from '../runs/queryRuns';
import { personCredentials, type HandlerContext } from './context';

export function listRuns(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const rights = await context.authorizer.rights(
      credentials,
      context.store.places(),
      workloadReadPermission,
    );
    const query = parseRunsQuery(req.query);
    const visible = context.store
      .entries()
      .filter(({ resource }) => rights.may(workloadReadPermission, resource))
      .map(({ item }) => item);
    res.json({
      ...queryRuns(visible, query, context.now()),
      clusters: context.store.states(rights.problems),
    });
  };
}
