import { createHash } from 'node:crypto';
import {
  DEFAULT_TIMEOUTS,
  FOLLOW,
  LIMITS,
  type Follow,
} from '@agentworkloads/api';
import { pagesOfInput } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { z as zodOfScaffolder } from 'zod/v3';

/** The zod of the scaffolder, which is not the one that the rest of us uses. */
export type Zod = typeof zodOfScaffolder;

/** What a run asks, as a form gives it. */
export interface RunInput {
  objective: string;
  targetUrls: string[];
  follow?: Follow;
  entityRef?: string;
  gateMode?: 'human' | 'policy';
  fourEyes?: boolean;
  /** How many people have to approve. */
  approvals?: number;
  timeouts?: { execution?: string; suspendGate?: string; noProgress?: string };
  workflowTemplate?: string;
}

/** Fields that both actions take. */
export const runInput = {
  objective: (z: Zod) => z.string().describe('What the report is for'),
  targetUrls: (z: Zod) =>
    z
      .array(z.string())
      .describe(
        'Pages to visit: http or https. Bare hosts get their scheme, several in one text are taken apart',
      ),
  follow: (z: Zod) =>
    z
      .enum(FOLLOW)
      .optional()
      .describe(
        'pricing: where a page shows no price, the pricing page that it links is visited as well',
      ),
  entityRef: (z: Zod) =>
    z.string().optional().describe('Catalog entity that the report belongs to'),
  gateMode: (z: Zod) =>
    z
      .enum(['human', 'policy'])
      .optional()
      .describe('Who may pass the gate; default human'),
  fourEyes: (z: Zod) =>
    z
      .boolean()
      .optional()
      .describe('Somebody other than the requester must decide'),
  approvals: (z: Zod) =>
    z
      .number()
      .int()
      .min(1)
      .max(LIMITS.gateApprovals)
      .optional()
      .describe('How many people have to approve; default 1'),
  timeouts: (z: Zod) =>
    z
      .object({
        execution: z.string().optional(),
        suspendGate: z.string().optional(),
        noProgress: z.string().optional(),
      })
      .optional()
      .describe('Durations such as 90s, 30m or 2h'),
  workflowTemplate: (z: Zod) =>
    z.string().optional().describe('WorkflowTemplate to run'),
  cluster: (z: Zod) => z.string().optional().describe('Default: the first one'),
  namespace: (z: Zod) => z.string().optional(),
};

/**
 * A form leaves fields empty that nobody filled in; those are as if they were not there.
 *
 * @throws InputError where something that was written as a page would be lost
 */
export function specOf(input: RunInput) {
  return {
    objective: input.objective,
    targetUrls: pagesOfInput(input.targetUrls),
    ...(input.follow === 'pricing' && { follow: input.follow }),
    entityRef: input.entityRef || undefined,
    gate: {
      mode: input.gateMode,
      fourEyes: input.fourEyes,
      ...(input.approvals && { approvals: input.approvals }),
    },
    timeouts: { ...DEFAULT_TIMEOUTS, ...withoutEmpty(input.timeouts) },
    ...(input.workflowTemplate
      ? { workflowTemplateRef: { name: input.workflowTemplate } }
      : {}),
  };
}

function withoutEmpty(
  fields: Record<string, string | undefined> = {},
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => Boolean(value)),
  );
}

/**
 * The same step of the same task asks for the same thing, also when the task goes on after a crash.
 * @returns short, whatever `each` of the step is
 */
export function keyOfStep(ctx: {
  task: { id: string };
  step?: { id?: string };
  each?: unknown;
}): string {
  const parts = [
    ctx.task.id,
    ctx.step?.id ?? '',
    JSON.stringify(ctx.each ?? null),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
