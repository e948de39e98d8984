import type { RequestHandler } from 'express';
import { workloadReadPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { startRun } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import {
  booleanQuery,
  personCredentials,
  type HandlerContext,
} from './context';
import { readableRun } from './readable';

export function createRun(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const { ref, outcome } = await startRun(context, credentials, req.body, {
      dryRun: booleanQuery(req, 'dryRun'),
      audit: { request: req, meta: { actionType: 'create' } },
    });
    res.status(outcome === 'created' ? 201 : 200).json(ref);
  };
}

/** A new run with the same input. Who asks is the caller, whoever asked before. */
export function rerun(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const { run } = await readableRun(context, req, [workloadReadPermission]);
    const { cancel: _, requestedBy: __, ...spec } = run.workload.spec;
    const { cluster, namespace } = run.item;
    const { key } = (req.body ?? {}) as { key?: unknown };
    const { ref, outcome } = await startRun(
      context,
      credentials,
      { cluster, namespace, key, spec },
      { audit: { request: req, meta: { actionType: 'rerun' } } },
    );
    res.status(outcome === 'created' ? 201 : 200).json(ref);
  };
}
