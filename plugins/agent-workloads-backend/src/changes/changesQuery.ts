import { CHANGE_CLASSES } from '@agentworkloads/api';
import {
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ChangesFilter, Position } from './ChangeLog';
import { storable } from './rows';

const one = (max = 300) => z.string().max(max).transform(storable).optional();

/** `<completed at>.<run>.<position>`: nobody but this file reads it. */
const CURSOR = /^(\d{1,15})\.(\d{1,10})\.(\d{1,9})$/;

const filterSchema = z.object({
  cluster: one(),
  namespace: one(),
  run: one(),
  company: one(),
  kind: z.preprocess(
    value => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(z.enum(CHANGE_CLASSES)).max(20).optional(),
  ),
  since: z.iso.datetime({ offset: true }).optional(),
  entityRef: one(),
  show: z.enum(['unread', 'wrong']).optional(),
});

const pageSchema = filterSchema.extend({
  cursor: z.string().regex(CURSOR).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    throw refusal(InputError, 'listRefused', {
      problem: describeIssues(parsed.error),
    });
  }
  return parsed.data;
}

function filterOf(query: z.infer<typeof filterSchema>): ChangesFilter {
  const { cluster, namespace, run, company, kind, since } = query;
  const { entityRef, show } = query;
  return {
    cluster: cluster || undefined,
    namespace: namespace || undefined,
    run: run || undefined,
    company: company?.trim().toLowerCase() || undefined,
    classes: kind?.length ? kind : undefined,
    since: since === undefined ? undefined : Date.parse(since),
    entityRef: entityRef || undefined,
    show,
  };
}

/** @throws InputError that names the parameter */
export function parseChangesFilter(query: unknown): ChangesFilter {
  return filterOf(parse(filterSchema, query));
}

/** @throws InputError that names the parameter */
export function parseChangesQuery(query: unknown): {
  filter: ChangesFilter;
  limit: number;
  after?: Position;
} {
  const { cursor, limit, ...rest } = parse(pageSchema, query);
  const [, completedAt, runId, position] = CURSOR.exec(cursor ?? '') ?? [];
  return {
    filter: filterOf(rest),
    limit,
    after:
      completedAt === undefined
        ? undefined
        : {
            completedAt: Number(completedAt),
            runId: Math.min(Number(runId), 2 ** 31 - 1),
            position: Number(position),
          },
  };
}

export function cursorOf({ completedAt, runId, position }: Position): string {
  return `${completedAt}.${runId}.${position}`;
}
