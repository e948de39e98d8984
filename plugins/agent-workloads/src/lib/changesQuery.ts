import { CHANGE_CLASSES, type ChangeClass } from '@agentworkloads/api';
import type { ChangesQuery } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** How far back the page looks, in days. */
export const PERIODS = [7, 30, 90, 365];

/** What the page Changes shows; the URL is its only home, so that a link keeps it. */
export interface ChangesView {
  /** A part of a company's name or host. */
  company: string;
  kind: ChangeClass[];
  days?: number;
  /** One cluster, namespace or run: only by a link. */
  cluster?: string;
  namespace?: string;
  run?: string;
  /** Of one catalog entity: only by a link. */
  entityRef?: string;
  show?: ChangesQuery['show'];
  /** Where older changes begin; absent on the first page. */
  cursor?: string;
}

const SHOWN = ['unread', 'wrong'] as const;

const DAY_MS = 24 * 60 * 60_000;

export function viewFromParams(params: URLSearchParams): ChangesView {
  return {
    company: params.get('company') ?? '',
    kind: CHANGE_CLASSES.filter(one => params.getAll('kind').includes(one)),
    days: PERIODS.find(days => days === Number(params.get('days'))),
    cluster: params.get('cluster') || undefined,
    namespace: params.get('namespace') || undefined,
    run: params.get('run') || undefined,
    entityRef: params.get('entityRef') || undefined,
    show: SHOWN.find(one => one === params.get('show')),
    cursor: params.get('cursor') || undefined,
  };
}

/** Only what differs from the default goes into the URL. */
export function paramsFromView(view: ChangesView): URLSearchParams {
  const params = new URLSearchParams();
  const { kind, days, ...texts } = view;
  Object.entries(texts).forEach(([name, value]) => {
    if (value) params.set(name, value);
  });
  kind.forEach(one => params.append('kind', one));
  if (days) params.set('days', String(days));
  return params;
}

/** @param now milliseconds; days begin at midnight UTC, so that the same view asks the same all day long */
export function queryFromView(view: ChangesView, now: number): ChangesQuery {
  const { company, kind, days, ...exact } = view;
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return {
    ...exact,
    company: company.trim() || undefined,
    kind: kind.length ? kind : undefined,
    since: days ? new Date(today - days * DAY_MS).toISOString() : undefined,
  };
}

/** Whether it is all that is unread: no filter stands beside it. */
export function isAllUnread(view: ChangesView): boolean {
  return view.show === 'unread' && !isFiltered({ ...view, show: undefined });
}

export function isFiltered(view: ChangesView): boolean {
  const { kind, company, cursor: _, ...rest } = view;
  return Boolean(
    company.trim() || kind.length || Object.values(rest).some(Boolean),
  );
}
