import { PHASES, type Phase } from '@agentworkloads/api';
import {
  RUN_SORT_FIELDS,
  type RunListItem,
  type RunsQuery,
  type RunsResponse,
  type RunSortField,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { describeIssues } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const one = (max = 300) => z.string().max(max).optional();

const querySchema = z.object({
  cluster: one(),
  namespace: one(),
  phase: z
    .preprocess(
      value => (value === undefined || Array.isArray(value) ? value : [value]),
      z.array(z.enum(PHASES)).optional(),
    )
    .optional(),
  requestedBy: one(),
  entityRef: one(),
  host: one(),
  search: one(),
  sort: z.enum(RUN_SORT_FIELDS).default('createdAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(25),
});
export type ParsedRunsQuery = z.infer<typeof querySchema>;

/** @throws InputError that names the parameter */
export function parseRunsQuery(query: unknown): ParsedRunsQuery {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) {
    throw new InputError(
      `The list can't be made: ${describeIssues(parsed.error)}`,
    );
  }
  return parsed.data;
}

const lower = (text: string) => text.toLowerCase();

function matches(query: RunsQuery): (item: RunListItem) => boolean {
  const phases: readonly Phase[] | undefined = query.phase;
  const search = query.search?.trim() ? lower(query.search.trim()) : undefined;
  const entityRef = query.entityRef && lower(query.entityRef);
  return item =>
    (!query.cluster || item.cluster === query.cluster) &&
    (!query.namespace || item.namespace === query.namespace) &&
    (!phases?.length || phases.includes(item.phase)) &&
    (!query.requestedBy || item.requestedBy === query.requestedBy) &&
    (!entityRef || lower(item.entityRef ?? '') === entityRef) &&
    (!query.host || item.hosts.includes(query.host)) &&
    (!search ||
      lower(item.name).includes(search) ||
      lower(item.objective).includes(search) ||
      item.hosts.some(host => host.includes(search)));
}

/** Milliseconds; a run that has not begun sorts before those that have. */
function duration(item: RunListItem, now: number): number {
  if (!item.startedAt) {
    return -1;
  }
  const end = item.finishedAt ? Date.parse(item.finishedAt) : now;
  return end - Date.parse(item.startedAt);
}

function sortKey(
  field: RunSortField,
  now: number,
): (item: RunListItem) => string | number {
  switch (field) {
    case 'duration':
      return item => duration(item, now);
    case 'phase':
      return item => PHASES.indexOf(item.phase);
    case 'requestedBy':
      return item => item.requestedBy ?? '';
    default:
      return item => item[field];
  }
}

function sorted(
  items: readonly RunListItem[],
  query: ParsedRunsQuery,
  now: number,
): RunListItem[] {
  const key = sortKey(query.sort, now);
  const sign = query.order === 'asc' ? 1 : -1;
  return items
    .map(item => ({
      item,
      key: key(item),
      id: `${item.createdAt}/${item.uid}`,
    }))
    .sort((a, b) => {
      if (a.key !== b.key) {
        return a.key < b.key ? -sign : sign;
      }
      // Newest first, and always the same order, so that pages don't overlap.
      return a.id < b.id ? 1 : -1;
    })
    .map(({ item }) => item);
}

const distinct = (values: Iterable<string | undefined>): string[] =>
  [...new Set(values)]
    .filter((value): value is string => Boolean(value))
    .sort();

/**
 * @param visible - what the caller may see
 * @param now - milliseconds since the epoch
 */
export function queryRuns(
  visible: readonly RunListItem[],
  query: ParsedRunsQuery,
  now: number,
): Omit<RunsResponse, 'clusters'> {
  const found = visible.filter(matches(query));
  return {
    items: sorted(found, query, now).slice(
      query.offset,
      query.offset + query.limit,
    ),
    total: found.length,
    facets: {
      requestedBy: distinct(visible.map(item => item.requestedBy)),
      hosts: distinct(visible.flatMap(item => item.hosts)),
      entityRefs: distinct(visible.map(item => item.entityRef)),
    },
  };
}
