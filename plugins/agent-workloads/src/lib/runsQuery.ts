import { PHASES, type Phase } from '@agentworkloads/api';
import {
  RUN_OUTCOMES,
  RUN_SORT_FIELDS,
  type RunOutcome,
  type RunSortField,
  type RunsQuery,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';

export const DEFAULT_PAGE_SIZE = 25;
export const PAGE_SIZES = [10, 25, 50, 100];
const DEFAULT_SORT = 'startedAt';

/** What the Runs table shows; the URL is its only home, so that a link keeps it. */
export interface RunsView {
  search: string;
  phase: Phase[];
  outcome?: RunOutcome;
  requestedBy?: string;
  entityRef?: string;
  host?: string;
  /** Address of a page. */
  url?: string;
  /** Only with a report. */
  hasReport: boolean;
  mine: boolean;
  /** The first and the last day, `YYYY-MM-DD`, as the reader's clock has them. */
  from?: string;
  to?: string;
  sort: RunSortField;
  order: 'asc' | 'desc';
  offset: number;
  limit: number;
}

/** What finds runs; the rest of a view only orders them. */
export const NO_FILTER = {
  search: '',
  phase: [] as Phase[],
  outcome: undefined,
  requestedBy: undefined,
  entityRef: undefined,
  host: undefined,
  url: undefined,
  hasReport: false,
  mine: false,
  from: undefined,
  to: undefined,
} satisfies Partial<RunsView>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(text: string | null): string | undefined {
  return text && DAY.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined;
}

export function viewFromParams(params: URLSearchParams): RunsView {
  const sort = params.get('sort') as RunSortField;
  const outcome = params.get('outcome') as RunOutcome;
  return {
    search: params.get('search') ?? '',
    phase: params
      .getAll('phase')
      .filter((one): one is Phase => PHASES.includes(one as Phase)),
    outcome: RUN_OUTCOMES.includes(outcome) ? outcome : undefined,
    requestedBy: params.get('requestedBy') || undefined,
    entityRef: params.get('entityRef') || undefined,
    host: params.get('host') || undefined,
    url: URL.canParse(params.get('url') ?? '') ? params.get('url')! : undefined,
    hasReport: params.get('hasReport') === 'true',
    mine: params.get('mine') === 'true',
    from: dayOf(params.get('from')),
    to: dayOf(params.get('to')),
    sort: RUN_SORT_FIELDS.includes(sort) ? sort : DEFAULT_SORT,
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
    offset: wholeNumber(params.get('offset'), 0),
    limit:
      PAGE_SIZES.find(size => size === Number(params.get('limit'))) ??
      DEFAULT_PAGE_SIZE,
  };
}

function wholeNumber(text: string | null, fallback: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 ? value : fallback;
}

/** Only what differs from the default goes into the URL. */
export function paramsFromView(view: RunsView): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | undefined, usual = '') => {
    if (value && value !== usual) {
      params.set(name, value);
    }
  };
  set('search', view.search);
  view.phase.forEach(phase => params.append('phase', phase));
  set('outcome', view.outcome);
  set('requestedBy', view.requestedBy);
  set('entityRef', view.entityRef);
  set('host', view.host);
  set('url', view.url);
  set('hasReport', String(view.hasReport), 'false');
  set('mine', String(view.mine), 'false');
  set('from', view.from);
  set('to', view.to);
  set('sort', view.sort, DEFAULT_SORT);
  set('order', view.order, 'desc');
  set('offset', String(view.offset), '0');
  set('limit', String(view.limit), String(DEFAULT_PAGE_SIZE));
  return params;
}

/** The beginning of a day by the reader's clock, RFC 3339. */
function beginningOf(day: string | undefined, later = 0): string | undefined {
  if (!day) return undefined;
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** @param meant - what the searched words stand for in the reader's language */
export function queryFromView(
  view: RunsView,
  meant: Pick<RunsQuery, 'searchEntityRef' | 'searchPhase'> = {},
): RunsQuery {
  const search = view.search.trim() || undefined;
  return {
    search,
    ...(search ? meant : {}),
    phase: view.phase.length ? view.phase : undefined,
    outcome: view.outcome,
    requestedBy: view.requestedBy,
    entityRef: view.entityRef,
    host: view.host,
    url: view.url,
    hasReport: view.hasReport || undefined,
    mine: view.mine || undefined,
    from: beginningOf(view.from),
    to: beginningOf(view.to, 1),
    sort: view.sort,
    order: view.order,
    offset: view.offset,
    limit: view.limit,
  };
}

export function isFiltered(view: RunsView): boolean {
  const { search, phase, ...flags } = NO_FILTER;
  const names = Object.keys(flags) as (keyof typeof flags)[];
  return Boolean(
    view.search.trim() || view.phase.length || names.some(name => view[name]),
  );
}
