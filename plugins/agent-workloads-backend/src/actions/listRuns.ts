import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { PHASES } from '@agentworkloads/api';
import {
  workloadReadPermission,
  type RunListItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { HandlerContext } from '../handlers/context';
import { readerIn } from '../handlers/readable';
import { parseRunsQuery } from '../runs/queryRuns';
import { READ_ONLY } from './attributes';
import { rightsOfPerson } from './rights';

const rowOf = (item: RunListItem) => ({
  cluster: item.cluster,
  namespace: item.namespace,
  name: item.name,
  objective: item.objective,
  hosts: item.hosts,
  phase: item.phase,
  requestedBy: item.requestedBy,
  entityRef: item.entityRef,
  createdAt: item.createdAt,
  finishedAt: item.finishedAt,
  reused: item.reused,
  hasReport: item.hasReport,
});

export function registerListRuns(
  registry: ActionsRegistryService,
  context: HandlerContext,
): void {
  registry.register({
    name: 'list-runs',
    title: 'List competitor scrapes',
    description:
      'Lists runs of agent workloads that the caller may see, newest first: who asked, which hosts, the phase (AwaitingApproval means that a gate waits for a person), and whether there is a report. Reading only: a gate is decided by a person in the portal.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z.object({
          phase: z.enum(PHASES).optional().describe('Only runs in this phase'),
          entityRef: z
            .string()
            .optional()
            .describe('Only runs of this entity, as kind:namespace/name'),
          search: z
            .string()
            .optional()
            .describe(
              'Text in the name, the objective, an address, the entity, the person or the phase',
            ),
          hasReport: z
            .boolean()
            .optional()
            .describe('Only runs with a report, or only those without'),
          limit: z.number().int().min(1).max(100).optional(),
        }),
      output: z =>
        z.object({
          total: z.number(),
          runs: z.array(
            z.object({
              cluster: z.string(),
              namespace: z.string(),
              name: z.string(),
              objective: z.string(),
              hosts: z.array(z.string()),
              phase: z.string(),
              requestedBy: z.string().optional(),
              entityRef: z.string().optional(),
              createdAt: z.string(),
              finishedAt: z.string().optional(),
              reused: z
                .object({ run: z.string(), seenAt: z.string() })
                .optional()
                .describe(
                  'Which run visited the pages, and when, where this one visited none.',
                ),
              hasReport: z.boolean(),
            }),
          ),
        }),
    },
    async action({ input, credentials }) {
      const rights = await rightsOfPerson(
        context,
        credentials,
        context.store.places(),
        workloadReadPermission,
      );
      const { items, total } = context.store.index.query(
        readerIn(rights),
        parseRunsQuery(input),
        context.now(),
      );
      const runs = items.map(rowOf);
      return { output: { total, runs } };
    },
  });
}
