import { randomUUID } from 'node:crypto';
import { FOLLOW, targetUrlSchema, type Said } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  type CreateRunRequest,
  type StartCheck,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  describeIssues,
  parseNewRunSpec,
  personWhoMay,
  refusal,
  startRun,
  type NewRunSpec,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError } from '@backstage/errors';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { askPolicy, type PolicyReply } from '../checks/askPolicy';
import { checkSite } from '../checks/checkSite';
import { sideBySide } from '../sideBySide';
import { personCredentials, type HandlerContext } from './context';

const MOST_PAGES = 20;
/** Sites that are asked at the same time, of one request. */
const AT_ONCE = 3;

const pagesRequestSchema = z.object({
  cluster: z.string().max(63).optional(),
  namespace: z.string().max(63).optional(),
  targetUrls: z.array(targetUrlSchema).min(1).max(MOST_PAGES),
  follow: z.enum(FOLLOW).optional(),
});

/** Policy `start` does not look at it. */
const OBJECTIVE = 'A check before launch: may these pages be visited?';

/** Ends what is asked for who does not wait for it any more. */
function whileConnected(res: Response): AbortSignal {
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  return gone.signal;
}

interface AskedRun {
  cluster: string;
  namespace: string;
  spec: NewRunSpec;
  username: string;
}

async function policyOf(
  { checks, logger }: HandlerContext,
  { cluster, namespace, spec, username }: AskedRun,
  signal: AbortSignal,
): Promise<PolicyReply> {
  const asked = { ...spec, requestedBy: { username }, cancel: false };
  const { operators, misnamed } = checks.settings;
  const operator = operators.get(cluster);
  if (operator === undefined) {
    return { kind: misnamed.length > 0 ? 'misnamed' : 'notConfigured' };
  }
  return askPolicy(operator, { namespace, spec: asked }, signal, logger);
}

function policyAnswer(reply: PolicyReply): StartCheck['policy'] {
  if (reply.kind !== 'answered') {
    return { answer: 'unknown', reasons: [], why: reply.kind };
  }
  const { allow, reasons, said, wait, waitSaid, gate } = reply.decision;
  if (!allow) return { answer: 'denied', reasons, said };
  return wait.length > 0
    ? { answer: 'waits', reasons: wait, said: waitSaid, gate }
    : { answer: 'starts', reasons, said, gate };
}

/** What the cluster said of the run; undefined where it was not the cluster that refused. */
function clusterAnswer(error: unknown): StartCheck['cluster'] | undefined {
  const { message, said } = error as Error & { said?: Omit<Said, 'message'> };
  if (!said?.code.startsWith('cluster')) return undefined;
  const answer = said.code.startsWith('clusterRefused') ? 'refused' : 'unknown';
  return { answer, error: { message, said } };
}

/** Makes nothing. The namespace and the right to ask are judged as for a new run, by the same code. */
export function checkStart(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const signal = whileConnected(res);
    const body = (req.body ?? {}) as Partial<CreateRunRequest>;
    const audit = { request: req, meta: { actionType: 'check' } };
    // A name of its own: that of a run that was made before is no hindrance to this one.
    const { name: _name, ...unnamed } = body;
    const asked = { ...unnamed, key: randomUUID() };
    const cluster = await startRun(context, credentials, asked, {
      dryRun: true,
      audit,
    }).then(
      () => ({ answer: 'accepted' } as const),
      error => {
        const answer = clusterAnswer(error);
        if (answer) return answer;
        throw error;
      },
    );
    const { username } = await context.people.person(credentials);
    const reply = await policyOf(
      context,
      { ...askedRun(context, body), username },
      signal,
    );
    const check: StartCheck = { cluster, policy: policyAnswer(reply) };
    res.json(check);
  };
}

/** Of a request that `startRun` has judged: also where the cluster refused it, which leaves nothing behind. */
function askedRun(
  { clusters }: HandlerContext,
  asked: Partial<CreateRunRequest>,
): Omit<AskedRun, 'username'> {
  const { settings } = clusters;
  return {
    cluster: clusters.forNewRun(asked.cluster).name,
    namespace: asked.namespace ?? settings.defaultNamespace,
    spec: parseNewRunSpec(asked.spec, settings.defaultTemplate),
  };
}

function pagesOf(req: Request): z.infer<typeof pagesRequestSchema> {
  const parsed = pagesRequestSchema.safeParse(req.body);
  if (parsed.success) return parsed.data;
  const problem = describeIssues(parsed.error);
  throw refusal(InputError, 'checkRefused', { problem });
}

/** Pages by the origin of their site, in the order in which they came. */
function bySite(urls: readonly string[]): string[][] {
  const sites = new Map<string, string[]>();
  for (const url of new Set(urls)) {
    const { origin } = new URL(url);
    sites.set(origin, [...(sites.get(origin) ?? []), url]);
  }
  return [...sites.values()];
}

/** Each site is asked for its robots.txt, once policy has said by which rules. */
export function checkPages(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const { username } = await personWhoMay(
      context,
      credentials,
      [workloadCreatePermission],
      'start runs',
    );
    const { targetUrls, follow, ...place } = pagesOf(req);
    // No site is asked for who could not start the run: the cluster says so, and it is audited as the start of one.
    const { ref, spec } = await startRun(
      context,
      credentials,
      {
        ...place,
        spec: { objective: OBJECTIVE, targetUrls, follow },
        key: randomUUID(),
      },
      { dryRun: true, audit: { request: req, meta: { actionType: 'check' } } },
    );
    const { budget, settings } = context.checks;
    const signal = whileConnected(res);
    const checkOne = async (urls: string[]) =>
      checkSite(urls, {
        proxy: settings.egressProxy,
        logger: context.logger,
        signal,
        policy: await policyOf(
          context,
          { ...ref, spec: { ...spec, targetUrls: urls }, username },
          signal,
        ),
        mayAsk: () => budget.take(username),
      });
    const found = await sideBySide(bySite(targetUrls), checkOne, AT_ONCE);
    const checked = new Map(found.flat().map(page => [page.url, page]));
    const items = targetUrls.flatMap(url => checked.get(url) ?? []);
    res.json({ items });
  };
}
