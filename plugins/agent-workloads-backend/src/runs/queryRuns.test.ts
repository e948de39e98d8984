import { PHASES } from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { parseRunsQuery, queryRuns } from './queryRuns';

const now = Date.parse('2026-01-02T00:00:00Z');

function item(n: number, fields: Partial<RunListItem> = {}): RunListItem {
  return {
    cluster: 'local',
    namespace: 'agentworkloads',
    name: `run-${String(n).padStart(4, '0')}`,
    uid: `uid-${n}`,
    objective: `What does competitor ${n % 7} charge?`,
    hosts: [`competitor-${n % 7}.example.com`],
    phase: PHASES[n % PHASES.length],
    requestedBy: n % 5 ? `person-${n % 5}` : undefined,
    createdAt: new Date(now - n * 60_000).toISOString(),
    hasReport: false,
    ...fields,
  };
}

const ask = (items: RunListItem[], query: object = {}) =>
  queryRuns(items, parseRunsQuery(query), now);
const names = (items: RunListItem[], query: object = {}) =>
  ask(items, query).items.map(one => one.name);

describe('queryRuns', () => {
  it('shows the newest 25 first', () => {
    const items = Array.from({ length: 60 }, (_, n) => item(n)).reverse();
    expect(names(items)).toEqual(
      Array.from({ length: 25 }, (_, n) => item(n).name),
    );
    expect(ask(items).total).toBe(60);
  });

  it('makes pages that neither overlap nor miss one, whatever the sort', () => {
    const items = Array.from({ length: 100 }, (_, n) =>
      item(n, { createdAt: '2026-01-01T00:00:00Z' }),
    );
    for (const sort of [
      'createdAt',
      'name',
      'phase',
      'requestedBy',
      'duration',
    ]) {
      const seen = [0, 30, 60, 90].flatMap(offset =>
        names(items, { sort, offset, limit: 30 }),
      );
      expect(new Set(seen).size).toBe(100);
    }
  });

  it('sorts phases in the order of a run, and by duration with what still runs', () => {
    const items = [
      item(1, { phase: 'Completed' }),
      item(2, { phase: 'Pending' }),
      item(3, { phase: 'AwaitingApproval' }),
    ];
    expect(
      ask(items, { sort: 'phase', order: 'asc' }).items.map(one => one.phase),
    ).toEqual(['Pending', 'AwaitingApproval', 'Completed']);
    const timed = [
      item(1, {
        name: 'short',
        startedAt: '2026-01-01T00:00:00Z',
        finishedAt: '2026-01-01T00:01:00Z',
      }),
      item(2, { name: 'runs', startedAt: '2026-01-01T00:00:00Z' }),
      item(3, { name: 'not-begun' }),
    ];
    expect(names(timed, { sort: 'duration' })).toEqual([
      'runs',
      'short',
      'not-begun',
    ]);
  });

  it('compares entities without case and everything else as it is', () => {
    const items = [item(1, { entityRef: 'Component:default/Tidepool' })];
    expect(
      names(items, { entityRef: 'component:default/tidepool' }),
    ).toHaveLength(1);
    expect(names(items, { entityRef: 'component:default/tide' })).toHaveLength(
      0,
    );
    expect(names(items, { requestedBy: 'PERSON-1' })).toHaveLength(0);
  });

  it('counts all that fit among 5,000 runs', () => {
    const items = Array.from({ length: 5000 }, (_, n) => item(n));
    const { total } = ask(items, { search: 'competitor 3', sort: 'duration' });
    expect(total).toBe(714);
  });
});
