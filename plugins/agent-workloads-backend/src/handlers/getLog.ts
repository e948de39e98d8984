import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { Response, RequestHandler } from 'express';
import { isApiError } from '@agentworkloads/kube';
import { type Cluster } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  RESOURCES,
  toResponseError,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { NotFoundError } from '@backstage/errors';
import type { RunStep } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { booleanQuery, type HandlerContext } from './context';
import { readableRun } from './readable';

/** Argo's name for the container that runs the step. */
const CONTAINER = 'main';
const NODE_ID_ANNOTATION = 'workflows.argoproj.io/node-id';
const WORKFLOW_LABEL = 'workflows.argoproj.io/workflow';
const LIMIT_BYTES = 16 * 1024 * 1024;

/** Pod names have had several formats; the annotation is what Argo itself goes by. */
async function findPod(
  cluster: Cluster,
  namespace: string,
  workflow: string,
  step: RunStep,
): Promise<string | undefined> {
  const { items } = await cluster.client.list(RESOURCES.pods, {
    namespace,
    labelSelector: `${WORKFLOW_LABEL}=${workflow}`,
    limit: 500,
  });
  return items.find(
    ({ metadata }) =>
      metadata.annotations?.[NODE_ID_ANNOTATION] === step.nodeId ||
      metadata.name === step.podName,
  )?.metadata.name;
}

/** Each piece goes out as it comes: compression would hold it back. */
async function stream(body: Readable, res: Response): Promise<void> {
  res.set({
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
  });
  res.type('text/plain; charset=utf-8');
  res.status(200);
  res.flushHeaders();
  await pipeline(body, res).catch(() => {
    // The reader went away, or the pod's log broke off: both end the stream.
    res.destroy();
  });
}

export function getLog(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run } = await readableRun(context, req);
    const follow = booleanQuery(req, 'follow');
    const step = run.workflow?.steps.find(one => one.name === req.params.step);
    if (!run.workflow || !step) {
      throw refusal(NotFoundError, 'logNoStep', { step: req.params.step });
    }
    if (!step.hasLog) {
      throw refusal(
        NotFoundError,
        step.phase === 'Pending' ? 'logNotYet' : 'logNoContainer',
        { step: step.name },
      );
    }
    const cluster = context.clusters.get(run.item.cluster);
    const { namespace, name } = run.workflow;
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    let body: Readable;
    try {
      const pod = await findPod(cluster, namespace, name, step);
      if (!pod) {
        throw refusal(NotFoundError, 'logPodGone', { step: step.name });
      }
      body = await cluster.client.podLog(namespace, pod, {
        container: CONTAINER,
        follow,
        limitBytes: follow ? undefined : LIMIT_BYTES,
        signal: gone.signal,
      });
    } catch (error) {
      if (isApiError(error) && error.status === 400) {
        throw refusal(NotFoundError, 'logNotYetBecause', {
          step: step.name,
          why: error.said,
        });
      }
      throw toResponseError(error, 'read the log');
    }
    await stream(body, res);
  };
}
