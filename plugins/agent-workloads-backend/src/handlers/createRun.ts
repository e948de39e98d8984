import type { Request, RequestHandler } from 'express';
import { DNS_LABEL_PATTERN, LIMITS } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  workloadReadPermission,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  assertCreateNamespace,
  createWorkload,
  describeIssues,
  parseNewRunSpec,
  runName,
  toResponseError,
  workloadManifest,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import {
  booleanQuery,
  personCredentials,
  type HandlerContext,
  type PersonCredentials,
} from './context';
import { readableRun } from './readable';

const bodySchema = z.object({
  cluster: z.string().max(63).optional(),
  namespace: z.string().max(63).optional(),
  name: z
    .string()
    .max(LIMITS.name)
    .regex(
      new RegExp(DNS_LABEL_PATTERN),
      'must be lower-case letters, digits and dashes',
    )
    .optional(),
  spec: z.unknown(),
});

interface NewRun {
  cluster?: string;
  namespace?: string;
  name?: string;
  spec?: unknown;
}

async function submit(
  context: HandlerContext,
  req: Request,
  credentials: PersonCredentials,
  request: NewRun,
  options: { dryRun: boolean; actionType: string },
): Promise<RunRef> {
  const { settings } = context.clusters;
  const cluster = context.clusters.forNewRun(request.cluster);
  const namespace = request.namespace ?? settings.defaultNamespace;
  assertCreateNamespace(namespace, settings.createNamespaces);
  const spec = parseNewRunSpec(request.spec, settings.defaultTemplate);
  const name =
    request.name ??
    runName(spec.targetUrls, new Date(context.now()), context.randomSuffix());
  const ref: RunRef = { cluster: cluster.name, namespace, name };
  const person = await context.people.person(credentials);
  const event = await context.auditor.createEvent({
    eventId: 'agent-workloads-run-create',
    severityLevel: 'medium',
    request: req,
    meta: {
      ...ref,
      actionType: options.actionType,
      dryRun: options.dryRun,
      as: person.username,
    },
  });
  try {
    await createWorkload(
      cluster,
      workloadManifest({ name, namespace, spec, requestedBy: person.username }),
      person,
      options,
    );
  } catch (error) {
    await event.fail({ error: error as Error });
    throw toResponseError(error, 'start the run');
  }
  await event.success();
  return ref;
}

export function createRun(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    await context.authorizer.demand(credentials, workloadCreatePermission);
    const body = bodySchema.safeParse(req.body);
    if (!body.success) {
      throw new InputError(
        `The run can't be started: ${describeIssues(body.error)}`,
      );
    }
    const dryRun = booleanQuery(req, 'dryRun');
    const ref = await submit(context, req, credentials, body.data, {
      dryRun,
      actionType: 'create',
    });
    res.status(dryRun ? 200 : 201).json(ref);
  };
}

/** A new run with the same input. Who asks is the caller, whoever asked before. */
export function rerun(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    await context.authorizer.demand(credentials, workloadCreatePermission);
    const { run } = await readableRun(context, req, [workloadReadPermission]);
    const { cancel: _, requestedBy: __, ...spec } = run.workload.spec;
    const ref = await submit(
      context,
      req,
      credentials,
      { cluster: run.item.cluster, namespace: run.item.namespace, spec },
      { dryRun: false, actionType: 'rerun' },
    );
    res.status(201).json(ref);
  };
}
