import type { ArgoWorkflow } from '@agentworkloads/api';
import { z } from 'zod';

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
/** Without a limit and a cap the wait doubles for ever; this many tries are thought of, then. */
const TRIES_WITHOUT_LIMIT = 10;

const numeric = z.union([z.number(), z.string()]).transform(Number);
const templatesSchema = z.array(
  z.looseObject({
    retryStrategy: z
      .looseObject({
        limit: numeric.optional().catch(undefined),
        backoff: z
          .looseObject({
            duration: z.union([z.string(), z.number()]).optional(),
            factor: numeric.optional().catch(undefined),
            cap: z.string().optional(),
            maxDuration: z.string().optional(),
          })
          .optional(),
      })
      .optional(),
  }),
);
type Template = z.infer<typeof templatesSchema>[number];

/** Argo's durations: Go's (`1m30s`) and plain seconds. NaN for anything else. */
function milliseconds(text: string | number | undefined): number {
  if (text === undefined) return NaN;
  if (Number.isFinite(Number(text))) return Number(text) * 1000;
  const parts = [...String(text).matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.length === 0
    ? NaN
    : parts.reduce(
        (sum, [, amount, unit]) =>
          sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? NaN),
        0,
      );
}

function longestOf({ retryStrategy }: Template): number {
  const backoff = retryStrategy?.backoff;
  const first = milliseconds(backoff?.duration);
  if (!backoff || !Number.isFinite(first)) return 0;
  const limit = retryStrategy.limit ?? TRIES_WITHOUT_LIMIT;
  const last = first * (backoff.factor ?? 1) ** Math.max(0, limit - 1);
  const bounds = [backoff.cap, backoff.maxDuration]
    .map(milliseconds)
    .filter(Number.isFinite);
  const longest = Math.min(last, ...bounds);
  return Number.isFinite(longest) ? longest : 0;
}

/**
 * The longest wait between two tries that any template of the Workflow has, milliseconds: from the
 * spec that Argo stored, else from the Workflow's own.
 * @returns undefined when neither says anything
 */
export function longestBackoff(workflow: ArgoWorkflow): number | undefined {
  const stored = workflow.status?.storedWorkflowTemplateSpec as
    | { templates?: unknown }
    | null
    | undefined;
  const templates = templatesSchema.safeParse(
    stored?.templates ?? workflow.spec.templates,
  );
  return templates.success
    ? templates.data.reduce((most, one) => Math.max(most, longestOf(one)), 0)
    : undefined;
}
