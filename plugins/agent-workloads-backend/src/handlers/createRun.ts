import type { RequestHandler } from 'express';
import type { AgentWorkload } from '@agentworkloads/api';
import { workloadReadPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  keyedRunName,
  refusalOf,
  startRun,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError } from '@backstage/errors';
import type { Rights } from '../permissions';
import { whyNotOpenedAgain } from '../runs/openAgain';
import {
  booleanQuery,
  personCredentials,
  type HandlerContext,
} from './context';
import { knownTo, readableRun } from './readable';

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

/** A new run with the same input, which visits the pages. Who asks is the caller, whoever asked before. */
export function rerun(context: HandlerContext): RequestHandler {
  return anew(context, 'rerun', ({ evidenceFrom: _, ...spec }) => spec);
}

/** A new run on what one saw whose gate ran out of time: with a gate of its own, for the same people. */
export function openAgain(context: HandlerContext): RequestHandler {
  return anew(context, 'open-again', (spec, workload, asking) => {
    const { metadata, status } = workload;
    const { cluster, key, rights } = asking;
    const { username } = rights;
    const why = whyNotOpenedAgain(workload, {
      ...knownTo(context, rights, cluster),
      // Asked for once more by a click that had no answer: it is the same run, and stands in nobody's way.
      except:
        typeof key === 'string' && username !== undefined
          ? keyedRunName(spec.targetUrls, [username, key])
          : undefined,
    });
    if (why) throw refusalOf(ConflictError, why);
    const workflowUid = status?.argoWorkflow?.uid ?? '';
    // It is compared with what it was compared with before: the operator knows.
    const { baselineRef: _, ...asked } = spec;
    return { ...asked, evidenceFrom: { name: metadata.name, workflowUid } };
  });
}

type Spec = AgentWorkload['spec'];

interface Asking {
  rights: Rights;
  cluster: string;
  /** As it came. */
  key: unknown;
}

function anew(
  context: HandlerContext,
  actionType: string,
  asks: (
    spec: Omit<Spec, 'cancel' | 'cancelledBy' | 'requestedBy'>,
    run: AgentWorkload,
    asking: Asking,
  ) => Partial<Spec>,
): RequestHandler {
  return async (req, res) => {
    const { run, rights, credentials } = await readableRun(context, req, [
      workloadReadPermission,
    ]);
    const {
      cancel: _,
      cancelledBy: __,
      requestedBy: ___,
      ...before
    } = run.workload.spec;
    const { cluster, namespace } = run.item;
    const { key } = (req.body ?? {}) as { key?: unknown };
    const spec = asks(before, run.workload, { cluster, key, rights });
    const { ref, outcome } = await startRun(
      context,
      credentials,
      { cluster, namespace, key, spec },
      { audit: { request: req, meta: { actionType } } },
    );
    res.status(outcome === 'created' ? 201 : 200).json(ref);
  };
}
