import type { RequestHandler } from 'express';
import { workloadReadPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { parseRunsQuery } from '../runs/queryRuns';
import { readerIn } from './readable';
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
    const { store, now } = context;
    res.json({
      ...store.index.query(readerIn(rights), query, now()),
      clusters: store.states(rights.problems),
    });
  };
}
