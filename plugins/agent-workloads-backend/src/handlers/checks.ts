import { randomUUID } from 'node:crypto';
import { FOLLOW, targetUrlSchema, type Said } from '@agentworkloads/api';
import {
  workloadCreatePermission,
  type CreateRunRequest,
  type PageCheck,
  type StartCheck,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  assertCreateNamespace,
  describeIssues,
  newRunSpecSchema,
  parseNewRunSpec,
  personWhoMay,
  refusal,
  startRun,
  withTemplate,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError } from '@backstage/errors';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { askPolicy, type PolicyReply } from '../checks/askPolicy';
import { checkSite } from '../checks/checkSite';
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

/** Where only hosts and numbers matter. */
const OBJECTIVE = 'A check before launch: may these pages be visited?';

/** Ends what is asked for who does not wait for it any more. */
function whileConnected(res: Response): AbortSignal {
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  return gone.signal;
}

function policyOf(
  { checks }: HandlerContext,
  cluster: string,
  namespace: string,
  spec: unknown,
  username: string,
  signal: AbortSignal,
): Promise<PolicyReply> {
  const asked = {
    ...newRunSpecSchema.parse(spec),
    requestedBy: { username },
    cancel: false,
  };
  const operator = checks.settings.operators.get(cluster);
  return askPolicy(operator, { namespace, spec: asked }, signal);
}

function policyAnswer(reply: PolicyReply): StartCheck['policy'] {
  if (reply.kind !== 'answered') {
    return { answer: 'unknown', reasons: [], why: reply.kind };
  }
  const { allow, reasons, wait, gate } = reply.decision;
  if (!allow) return { answer: 'denied', reasons };
  return wait.length > 0
    ? { answer: 'waits', reasons: wait, gate }
    : { answer: 'starts', reasons, gate };
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
    const { settings } = context.clusters;
    const place = placeOf(context, body);
    const { username } = await context.people.person(credentials);
    const spec = withTemplate(body.spec, settings.defaultTemplate);
    const reply = await policyOf(
      context,
      place.cluster,
      place.namespace,
      spec,
      username,
      signal,
    );
    const check: StartCheck = { cluster, policy: policyAnswer(reply) };
    res.json(check);
  };
}

function placeOf(
  { clusters }: HandlerContext,
  asked: { cluster?: string; namespace?: string },
): { cluster: string; namespace: string } {
  const { settings } = clusters;
  const namespace = asked.namespace ?? settings.defaultNamespace;
  assertCreateNamespace(namespace, settings.createNamespaces);
  return { cluster: clusters.forNewRun(asked.cluster).name, namespace };
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
    const { targetUrls, follow, ...asked } = pagesOf(req);
    const { cluster, namespace } = placeOf(context, asked);
    const { budget, settings } = context.checks;
    const template = context.clusters.settings.defaultTemplate;
    const specOf = (urls: string[]) => ({
      objective: OBJECTIVE,
      targetUrls: urls,
      follow,
    });
    const question = (urls: string[]) =>
      parseNewRunSpec(specOf(urls), template);
    // No site is asked for who could not start the run: the cluster says so, and it is audited as the start of one.
    await startRun(
      context,
      credentials,
      { cluster, namespace, spec: specOf(targetUrls), key: randomUUID() },
      { dryRun: true, audit: { request: req, meta: { actionType: 'check' } } },
    );
    const signal = whileConnected(res);
    const checked = new Map<string, PageCheck>();
    const waiting = bySite(targetUrls);
    const work = async () => {
      for (let urls = waiting.shift(); urls; urls = waiting.shift()) {
        const policy = await policyOf(
          context,
          cluster,
          namespace,
          question(urls),
          username,
          signal,
        );
        const found = await checkSite(urls, {
          proxy: settings.egressProxy,
          signal,
          policy,
          mayAsk: () => budget.take(username),
        });
        found.forEach(page => checked.set(page.url, page));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const items = targetUrls.flatMap(url => checked.get(url) ?? []);
    res.json({ items });
  };
}
