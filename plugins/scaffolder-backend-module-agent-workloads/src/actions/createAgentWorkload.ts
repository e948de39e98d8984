import { createHash } from 'node:crypto';
import type {
  AuditorService,
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_TIMEOUTS,
  DNS_LABEL_PATTERN,
  FOLLOW,
  LIMITS,
  type Follow,
} from '@agentworkloads/api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { workloadCreatePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  assertCreateNamespace,
  parseNewRunSpec,
  workloadManifest,
  type AgentWorkloadsClusters,
  type ImpersonatedPerson,
  type NewRunSpec,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { examples } from './createAgentWorkload.examples';
import { submitRun } from './submitRun';

export interface CreateAgentWorkloadServices {
  auditor: AuditorService;
  clusters: AgentWorkloadsClusters;
  permissions: PermissionsService;
  userInfo: UserInfoService;
}

/** The person who runs the template, as the cluster knows them; never one that the input names. */
async function initiator(
  services: CreateAgentWorkloadServices,
  credentials: BackstageCredentials,
): Promise<ImpersonatedPerson> {
  const principal = credentials.principal as { type?: string } | undefined;
  if (principal?.type !== 'user') {
    throw new NotAllowedError(
      'Runs are started by people: this task has no person behind it',
    );
  }
  const [decision] = await services.permissions.authorize(
    [{ permission: workloadCreatePermission }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `You need the permission ${workloadCreatePermission.name} to start runs; ask the owners of the portal's policy`,
    );
  }
  const { userEntityRef, ownershipEntityRefs } =
    await services.userInfo.getUserInfo(credentials);
  return services.clusters.identity.person(userEntityRef, ownershipEntityRefs);
}

/** The same step of the same task always names the same run. */
function nameOf(
  targetUrls: readonly string[],
  task: readonly string[],
): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(task))
    .digest('hex')
    .slice(0, 10);
  const host = new URL(targetUrls[0]).hostname
    .replace(/^www\./, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LIMITS.name - hash.length - 1)
    .replace(/^-+|-+$/g, '');
  return `${host || 'run'}-${hash}`;
}

const SENTENCES = {
  checked: (name: string, namespace: string) =>
    `The cluster would accept the run ${namespace}/${name}`,
  created: (name: string, namespace: string) =>
    `Started the run ${namespace}/${name}`,
  existed: (name: string, namespace: string) =>
    `The run ${namespace}/${name} is there already, with the same input`,
};

interface RunInput {
  objective: string;
  targetUrls: string[];
  follow?: Follow;
  entityRef?: string;
  gateMode?: 'human' | 'policy';
  fourEyes?: boolean;
  timeouts?: { execution?: string; suspendGate?: string; noProgress?: string };
  workflowTemplate?: string;
}

/** A form leaves fields empty that nobody filled in; those are as if they were not there. */
function specOf(input: RunInput, defaultTemplate: string): NewRunSpec {
  return parseNewRunSpec(
    {
      objective: input.objective,
      targetUrls: input.targetUrls,
      ...(input.follow === 'pricing' && { follow: input.follow }),
      entityRef: input.entityRef || undefined,
      gate: { mode: input.gateMode, fourEyes: input.fourEyes },
      timeouts: { ...DEFAULT_TIMEOUTS, ...withoutEmpty(input.timeouts) },
      ...(input.workflowTemplate
        ? { workflowTemplateRef: { name: input.workflowTemplate } }
        : {}),
    },
    defaultTemplate,
  );
}

function withoutEmpty(
  fields: Record<string, string | undefined> = {},
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => Boolean(value)),
  );
}

export function createAgentWorkloadAction(
  services: CreateAgentWorkloadServices,
) {
  return createTemplateAction({
    id: 'agent-workloads:create',
    description:
      'Starts a run of an agent workload, such as a competitor scrape, in the name of the person who runs the template.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        objective: z => z.string().describe('What the report is for'),
        targetUrls: z =>
          z.array(z.string()).describe('Pages to visit: http or https'),
        follow: z =>
          z
            .enum(FOLLOW)
            .optional()
            .describe(
              'pricing: where a page shows no price, the pricing page that it links is visited as well',
            ),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe('Catalog entity that the report belongs to'),
        gateMode: z =>
          z
            .enum(['human', 'policy'])
            .optional()
            .describe('Who may pass the gate; default human'),
        fourEyes: z =>
          z
            .boolean()
            .optional()
            .describe('Somebody other than the requester must decide'),
        timeouts: z =>
          z
            .object({
              execution: z.string().optional(),
              suspendGate: z.string().optional(),
              noProgress: z.string().optional(),
            })
            .optional()
            .describe('Durations such as 90s, 30m or 2h'),
        workflowTemplate: z =>
          z.string().optional().describe('WorkflowTemplate to run'),
        name: z =>
          z
            .string()
            .max(LIMITS.name)
            .regex(new RegExp(DNS_LABEL_PATTERN))
            .optional()
            .describe('Default: made from the first host and the task'),
        cluster: z => z.string().optional().describe('Default: the first one'),
        namespace: z => z.string().optional(),
      },
      output: {
        runUrl: z => z.string().describe('Page of the run in the portal'),
        name: z => z.string(),
        namespace: z => z.string(),
        cluster: z => z.string(),
        entityRef: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const { clusters } = services;
      const person = await initiator(
        services,
        await ctx.getInitiatorCredentials(),
      );
      const cluster = clusters.forNewRun(input.cluster);
      const namespace = input.namespace ?? clusters.settings.defaultNamespace;
      assertCreateNamespace(namespace, clusters.settings.createNamespaces);
      const spec = specOf(input, clusters.settings.defaultTemplate);
      const name =
        input.name ||
        nameOf(spec.targetUrls, [
          ctx.task.id,
          ctx.step?.id ?? '',
          JSON.stringify(ctx.each ?? null),
        ]);
      const ref = { cluster: cluster.name, namespace, name };
      const event = await services.auditor.createEvent({
        eventId: 'agent-workloads-run-create',
        severityLevel: 'medium',
        meta: {
          ...ref,
          task: ctx.task.id,
          dryRun: ctx.isDryRun ?? false,
          as: person.username,
        },
      });
      try {
        const outcome = await submitRun(
          cluster,
          workloadManifest({
            name,
            namespace,
            spec,
            requestedBy: person.username,
          }),
          person,
          ctx.isDryRun ?? false,
        );
        ctx.logger.info(SENTENCES[outcome](name, namespace));
        await event.success({ meta: { outcome } });
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
      const path = [ref.cluster, namespace, name].map(encodeURIComponent);
      ctx.output('runUrl', `/agent-workloads/runs/${path.join('/')}`);
      ctx.output('name', name);
      ctx.output('namespace', namespace);
      ctx.output('cluster', cluster.name);
      if (spec.entityRef) {
        ctx.output('entityRef', spec.entityRef);
      }
    },
  });
}
