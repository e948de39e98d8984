import type { RequestHandler } from 'express';
import { startSchedule } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import {
  booleanQuery,
  personCredentials,
  type HandlerContext,
} from './context';

/** In the caller's name. With `dryRun` the API server checks everything, the name too, and nothing is made. */
export function createSchedule(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const { ref, outcome } = await startSchedule(
      context,
      credentials,
      req.body,
      {
        dryRun: booleanQuery(req, 'dryRun'),
        audit: { request: req, meta: { actionType: 'create' } },
      },
    );
    res.status(outcome === 'created' ? 201 : 200).json(ref);
  };
}
