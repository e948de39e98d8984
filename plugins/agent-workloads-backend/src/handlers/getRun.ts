import type { RequestHandler } from 'express';
import { stringify } from 'yaml';
import {
  gateDecidePermission,
  workloadCancelPermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { toDetail } from '../runs/detail';
import { mayDecide } from '../runs/gate';
import { mayOpenAgain } from '../runs/openAgain';
import type { HandlerContext } from './context';
import { mayCancel } from './cancelRun';
import { callerAsDecider } from './decider';
import { knownTo, readableRun } from './readable';

export function getRun(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run, rights, credentials } = await readableRun(
      context,
      req,
      [workloadReadPermission],
      [workloadCancelPermission, gateDecidePermission],
    );
    const { workload, resource, approvals } = run;
    res.json(
      toDetail({
        ...run,
        identity: context.clusters.identity,
        mayDecide: mayDecide(
          workload,
          approvals,
          await callerAsDecider(context, credentials, rights, resource),
          context.now(),
        ),
        mayOpenAgain: mayOpenAgain(
          workload,
          knownTo(context, rights, run.item.cluster),
        ),
        mayCancel: await mayCancel(context, credentials, rights, run),
      }),
    );
  };
}

/** The resource as `kubectl get -o yaml` shows it. */
export function getRunYaml(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run } = await readableRun(context, req);
    res.set('X-Content-Type-Options', 'nosniff');
    res
      .type('text/yaml')
      .send(stringify(run.workload, { aliasDuplicateObjects: false }));
  };
}
