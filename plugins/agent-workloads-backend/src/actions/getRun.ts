import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { workloadReadPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { HandlerContext } from '../handlers/context';
import { stepsFromStatus } from '../runs/readWorkflow';
import { READ_ONLY } from './attributes';
import { readableByPerson } from './rights';

export function registerGetRun(
  registry: ActionsRegistryService,
  context: HandlerContext,
): void {
  registry.register({
    name: 'get-run',
    title: 'Get one competitor scrape',
    description:
      'Shows one run: its phase and message, each step with its retries, the gate (who decided, when, with what comment) and what the policy said. Reading only.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z.object({
          cluster: z.string(),
          namespace: z.string(),
          name: z.string(),
        }),
      output: z =>
        z.object({
          phase: z.string(),
          message: z.string().optional(),
          objective: z.string(),
          targetUrls: z.array(z.string()),
          requestedBy: z.string().optional(),
          steps: z.array(
            z.object({
              name: z.string(),
              phase: z.string(),
              retries: z.number(),
              message: z.string().optional(),
            }),
          ),
          gate: z
            .object({
              mode: z.string(),
              fourEyes: z.boolean(),
              openedAt: z.string().optional(),
              deadline: z.string().optional(),
              decision: z.string().optional(),
              decidedBy: z.string().optional(),
              comment: z.string().optional(),
              policyReasons: z.array(z.string()),
            })
            .optional(),
          hasReport: z.boolean(),
        }),
    },
    async action({ input, credentials }) {
      const { item, workload, workflow } = await readableByPerson(
        context,
        credentials,
        input,
        [workloadReadPermission],
      );
      const { spec, status } = workload;
      const steps = workflow?.steps ?? stepsFromStatus(status?.steps ?? []);
      const gate = status?.gate;
      return {
        output: {
          phase: item.phase,
          message: item.message,
          objective: spec.objective,
          targetUrls: spec.targetUrls,
          requestedBy: item.requestedBy,
          steps: steps.map(({ name, phase, retries, message }) => ({
            name,
            phase,
            retries,
            message,
          })),
          gate: gate && {
            mode: gate.mode,
            fourEyes: gate.fourEyes,
            openedAt: gate.openedAt,
            deadline: gate.deadline,
            decision: gate.decision,
            decidedBy: gate.decidedBy,
            comment: gate.comment,
            policyReasons: status?.policy?.gate?.reasons ?? [],
          },
          hasReport: item.hasReport,
        },
      };
    },
  });
}
