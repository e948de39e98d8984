import { pageIdentity, PHASES, type Phase } from '@agentworkloads/api';
import {
  RUN_OUTCOMES,
  RUN_SORT_FIELDS,
  type RunOutcome,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { IndexedRun } from './indexedRun';

const one = (max = 300) => z.string().max(max).optional();

/** A parameter that is given once comes as no array. */
const many = <T extends z.ZodType>(item: T, max: number) =>
  z
    .preprocess(
      value => (value === undefined || Array.isArray(value) ? value : [value]),
      z.array(item).max(max).optional(),
    )
    .optional();

const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .transform(value => value === true || value === 'true')
  .optional();

const time = z.iso.datetime({ offset: true }).transform(Date.parse).optional();

const querySchema = z.object({
  cluster: one(),
  namespace: one(),
  phase: many(z.enum(PHASES), PHASES.length),
  outcome: z.enum(RUN_OUTCOMES).optional(),
  requestedBy: one(),
  entityRef: one(),
  host: one(),
  url: z.url().max(2_100).optional(),
  hasReport: flag,
  mine: flag,
  from: time,
  to: time,
  search: one(),
  searchEntityRef: many(z.string().max(300), 100),
  searchPhase: many(z.enum(PHASES), PHASES.length),
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
    throw refusal(InputError, 'listRefused', {
      problem: describeIssues(parsed.error),
    });
  }
  return parsed.data;
}

const PHASES_OF: Record<RunOutcome, readonly Phase[]> = {
  onTheWay: ['Pending', 'Running'],
  waits: ['AwaitingApproval'],
  completed: ['Completed'],
  failed: ['Failed', 'TimedOut'],
  stopped: ['PolicyDenied', 'Denied', 'Cancelled'],
};

const lower = (text: string) => text.toLowerCase();

type Test = (run: IndexedRun) => boolean;

/** The phases that a query leaves; undefined for all of them. */
export function phasesOf({
  phase,
  outcome,
}: Pick<ParsedRunsQuery, 'phase' | 'outcome'>): readonly Phase[] | undefined {
  const named = phase?.length ? phase : undefined;
  const meant = outcome && PHASES_OF[outcome];
  return named && meant
    ? named.filter(name => meant.includes(name))
    : named ?? meant;
}

function searchTest(query: ParsedRunsQuery): Test | undefined {
  const words = query.search?.trim() ? lower(query.search.trim()) : undefined;
  if (words === undefined) return undefined;
  const entities = new Set(query.searchEntityRef?.map(lower));
  const phases = new Set(query.searchPhase);
  return run =>
    run.says(words) ||
    phases.has(run.item.phase) ||
    (run.entityRef !== undefined && entities.has(run.entityRef));
}

function exactTests(query: ParsedRunsQuery, username?: string): Test[] {
  const phases = phasesOf(query);
  const entityRef = query.entityRef && lower(query.entityRef);
  const page = query.url && pageIdentity(query.url);
  const { cluster, namespace, requestedBy, host, hasReport, from, to } = query;
  const tests: (Test | undefined | '')[] = [
    cluster && (({ item }) => item.cluster === cluster),
    namespace && (({ item }) => item.namespace === namespace),
    phases && (({ item }) => phases.includes(item.phase)),
    requestedBy && (({ item }) => item.requestedBy === requestedBy),
    entityRef && (run => run.entityRef === entityRef),
    host && (({ item }) => item.hosts.includes(host)),
    hasReport === undefined
      ? undefined
      : ({ item }) => item.hasReport === hasReport,
    query.mine
      ? ({ item }) => username !== undefined && item.requestedBy === username
      : undefined,
    from === undefined ? undefined : run => run.startedMs >= from,
    to === undefined ? undefined : run => run.startedMs < to,
    page && (run => run.visits(page)),
  ];
  return tests.filter((test): test is Test => Boolean(test));
}

/**
 * @param username - the caller's name in the clusters, where they have one
 * @returns undefined where every run matches
 */
export function testOf(
  query: ParsedRunsQuery,
  username?: string,
): Test | undefined {
  const search = searchTest(query);
  const tests = exactTests(query, username);
  if (search) tests.push(search);
  if (tests.length === 0) return undefined;
  return run => tests.every(test => test(run));
}
