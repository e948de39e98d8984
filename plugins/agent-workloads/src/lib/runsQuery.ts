import { PHASES, type Phase } from '@agentworkloads/api';
import {
  RUN_SORT_FIELDS,
  type RunSortField,
  type RunsQuery,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';

export const DEFAULT_PAGE_SIZE = 25;
export const PAGE_SIZES = [10, 25, 50, 100];

/** What the Runs table shows; the URL is its only home, so that a link keeps it. */
export interface RunsView {
  search: string;
  phase: Phase[];
  requestedBy?: string;
  entityRef?: string;
  host?: string;
  sort: RunSortField;
  order: 'asc' | 'desc';
  offset: number;
  limit: number;
}

export function viewFromParams(params: URLSearchParams): RunsView {
  const sort = params.get('sort') as RunSortField;
  return {
    search: params.get('search') ?? '',
    phase: params
      .getAll('phase')
      .filter((one): one is Phase => PHASES.includes(one as Phase)),
    requestedBy: params.get('requestedBy') || undefined,
    entityRef: params.get('entityRef') || undefined,
    host: params.get('host') || undefined,
    sort: RUN_SORT_FIELDS.includes(sort) ? sort : 'createdAt',
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
  set('requestedBy', view.requestedBy);
  set('entityRef', view.entityRef);
  set('host', view.host);
  set('sort', view.sort, 'createdAt');
  set('order', view.order, 'desc');
  set('offset', String(view.offset), '0');
  set('limit', String(view.limit), String(DEFAULT_PAGE_SIZE));
  return params;
}

export function queryFromView(view: RunsView): RunsQuery {
  return {
    search: view.search.trim() || undefined,
    phase: view.phase.length ? view.phase : undefined,
    requestedBy: view.requestedBy,
    entityRef: view.entityRef,
    host: view.host,
    sort: view.sort,
    order: view.order,
    offset: view.offset,
    limit: view.limit,
  };
}

export function isFiltered(view: RunsView): boolean {
  return Boolean(
    view.search.trim() ||
      view.phase.length ||
      view.requestedBy ||
      view.entityRef ||
      view.host,
  );
}
