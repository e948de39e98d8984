import {
  API_VERSION,
  pageIdentity,
  PHASES,
  type AgentWorkload,
} from '@agentworkloads/api';
import { NOBODY_MAPPED, workload } from '../__testUtils__/workloads';
import type { RunEntry } from '../cache/ClusterCache';
import type { WorkloadResource } from '../permissions';
import { scheduleKey } from '../schedules/key';
import { parseRunsQuery, phasesOf, type ParsedRunsQuery } from './queryRuns';
import { RunIndex, type MayRead } from './RunIndex';
import { toListItem } from './toListItem';

const NOW = Date.parse('2026-01-20T00:00:00Z');

/** The same numbers each time: xorshift, 0 ≤ n < 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const CLUSTERS = ['east', 'west'];
const SCHEDULES = ['daily', 'weekly'];
const PEOPLE = [undefined, 'alice', 'bob', 'carol'];

function run(n: number, random: () => number): RunEntry {
  const pick = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)];
  const cluster = pick(CLUSTERS);
  const phase = pick(PHASES);
  const at = (minutes: number) =>
    new Date(NOW - 86_400_000 + minutes * 60_000)
      .toISOString()
      .replace('.000', '');
  const person = pick(PEOPLE);
  const minute = Math.floor(random() * 30);
  const begun = phase !== 'Pending' && random() > 0.1;
  const final = !['Pending', 'Running', 'AwaitingApproval'].includes(phase);
  const namespace = pick(['one', 'two', 'three']);
  const raw = workload(`run-${n}`, {
    namespace,
    uid: `uid-${n}-${namespace}`,
    spec: {
      objective: `What does number ${n % 4} charge?`,
      targetUrls: [
        `https://site-${n % 5}.example/Pricing`,
        ...(random() > 0.5 ? [`https://www.other-${n % 3}.example/`] : []),
      ],
      entityRef: pick([undefined, 'component:default/A', 'system:default/b']),
      requestedBy: person && { username: person },
      gate: { mode: 'policy', fourEyes: random() > 0.7 },
    },
    status: {
      phase,
      argoWorkflow: begun
        ? { name: 'x', namespace: 'one', uid: 'w', startedAt: at(minute + 1) }
        : undefined,
      workflowArtifacts:
        phase === 'Completed' && random() > 0.3
          ? { 'report-json': { bucket: 'b', key: 'k' } }
          : {},
      conditions: final
        ? [
            {
              type: 'Ready',
              status: 'True',
              reason: 'Done',
              message: '',
              lastTransitionTime: at(minute + 1 + Math.floor(random() * 9)),
            },
          ]
        : [],
    },
  }) as unknown as AgentWorkload;
  raw.metadata.creationTimestamp = at(minute);
  raw.metadata.ownerReferences = pick([
    undefined,
    ...SCHEDULES.map(uid => [
      {
        apiVersion: API_VERSION,
        kind: 'AgentWorkloadSchedule',
        name: uid,
        uid,
        controller: true,
      },
    ]),
  ]) as never;
  const item = toListItem(cluster, raw, NOBODY_MAPPED);
  const resource: WorkloadResource = {
    cluster,
    namespace: item.namespace,
    name: item.name,
    requesterRef: person && `user:default/${person}`,
    fourEyes: raw.spec.gate.fourEyes,
  };
  return { workload: raw, item, resource };
}

/** What a list is, said in the plainest way: filter all, sort all, cut. */
function plainly(
  entries: readonly RunEntry[],
  may: MayRead,
  query: ParsedRunsQuery,
) {
  const visible = entries.filter(({ resource }) => may.test(resource));
  const phases = phasesOf(query);
  const words = query.search?.trim().toLowerCase();
  const started = ({ item }: RunEntry) =>
    Date.parse(item.startedAt ?? item.createdAt);
  const found = visible.filter(entry => {
    const { item, workload: raw } = entry;
    const entity = item.entityRef?.toLowerCase();
    const said = [
      item.name,
      item.objective,
      entity ?? '',
      item.requestedBy ?? '',
      item.phase,
      ...raw.spec.targetUrls,
    ];
    return (
      (!query.cluster || item.cluster === query.cluster) &&
      (!phases || phases.includes(item.phase)) &&
      (!query.requestedBy || item.requestedBy === query.requestedBy) &&
      (!query.mine ||
        (may.username !== undefined && item.requestedBy === may.username)) &&
      (!query.entityRef || entity === query.entityRef.toLowerCase()) &&
      (!query.host || item.hosts.includes(query.host)) &&
      (!query.url ||
        raw.spec.targetUrls.some(
          url => pageIdentity(url) === pageIdentity(query.url!),
        )) &&
      (query.hasReport === undefined || item.hasReport === query.hasReport) &&
      (query.from === undefined || started(entry) >= query.from) &&
      (query.to === undefined || started(entry) < query.to) &&
      (!words ||
        said.some(text => text.toLowerCase().includes(words)) ||
        (query.searchPhase ?? []).includes(item.phase) ||
        (entity !== undefined &&
          (query.searchEntityRef ?? []).includes(entity)))
    );
  });
  const duration = ({ item }: RunEntry) =>
    item.startedAt
      ? Date.parse(item.finishedAt ?? new Date(NOW).toISOString()) -
        Date.parse(item.startedAt)
      : -1;
  const keys: Record<string, (entry: RunEntry) => string | number> = {
    createdAt: ({ item }) => item.createdAt,
    startedAt: started,
    name: ({ item }) => item.name,
    phase: ({ item }) => PHASES.indexOf(item.phase),
    requestedBy: ({ item }) => item.requestedBy ?? '',
    duration,
    pagesSeenAt: ({ item }) =>
      Date.parse(item.reused?.seenAt ?? item.finishedAt ?? item.createdAt),
  };
  const key = keys[query.sort];
  const id = ({ item }: RunEntry) =>
    `${item.createdAt}/${item.uid}/${item.cluster}`;
  const sign = query.order === 'asc' ? 1 : -1;
  found.sort((a, b) => {
    if (key(a) !== key(b)) return key(a) < key(b) ? -sign : sign;
    return id(a) < id(b) ? 1 : -1;
  });
  const distinct = (values: (string | undefined)[]) =>
    [...new Set(values)].filter(Boolean).sort();
  return {
    items: found
      .slice(query.offset, query.offset + query.limit)
      .map(({ item }) => item),
    total: found.length,
    facets: {
      requestedBy: distinct(visible.map(({ item }) => item.requestedBy)),
      hosts: distinct(visible.flatMap(({ item }) => item.hosts)),
      entityRefs: distinct(visible.map(({ item }) => item.entityRef)),
    },
  };
}

/** In the cluster "east". */
function newestPlainly(
  entries: readonly RunEntry[],
  may: MayRead,
  schedule: string,
) {
  return entries
    .filter(
      ({ workload: { metadata }, item, resource }) =>
        item.cluster === 'east' &&
        may.test(resource) &&
        JSON.stringify(metadata.ownerReferences ?? []).includes(schedule),
    )
    .map(({ item }) => item)
    .sort((a, b) =>
      `${a.createdAt}/${a.uid}` < `${b.createdAt}/${b.uid}` ? 1 : -1,
    )[0];
}

const READERS: MayRead[] = [
  { test: () => true, isByClass: true, username: 'alice' },
  {
    test: ({ namespace, requesterRef }) =>
      namespace === 'one' || requesterRef === 'user:default/bob',
    isByClass: true,
    username: 'bob',
  },
  { test: ({ name }) => name.endsWith('7'), isByClass: false },
  { test: () => false, isByClass: true, username: 'nobody' },
];

function randomQuery(random: () => number): ParsedRunsQuery {
  const pick = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)];
  const maybe = <T>(values: readonly T[]): T | undefined =>
    random() < 0.2 ? pick(values) : undefined;
  return parseRunsQuery({
    cluster: maybe(CLUSTERS),
    phase: maybe([['Failed'], ['Completed', 'Denied', 'Denied'], 'Pending']),
    outcome: maybe(['onTheWay', 'waits', 'completed', 'failed', 'stopped']),
    requestedBy: maybe(['alice', 'bob', '']),
    entityRef: maybe(['Component:default/a', 'component:default/none']),
    host: maybe(['site-1.example', 'www.other-2.example']),
    url: maybe(['http://site-2.example/Pricing/#x', 'https://other-1.example']),
    hasReport: maybe(['true', 'false']),
    mine: maybe(['true']),
    from: maybe(['2026-01-19T00:10:00Z']),
    to: maybe(['2026-01-19T02:20:00+02:00']),
    search: maybe([
      'NUMBER 2',
      '/pricing',
      'carol',
      'denied',
      'default/b',
      ' ',
    ]),
    searchPhase: maybe(['Running']),
    searchEntityRef: maybe([['component:default/a']]),
    sort: pick([
      'createdAt',
      'startedAt',
      'name',
      'phase',
      'requestedBy',
      'duration',
      'pagesSeenAt',
    ]),
    order: pick(['asc', 'desc']),
    offset: pick([0, 0, 3, 40]),
    limit: pick([5, 25, 200]),
  });
}

describe('the index of runs', () => {
  it.each([1, 2, 3])(
    'answers as filtering and sorting all would, after any changes (%i)',
    seed => {
      const random = numbers(seed);
      const index = new RunIndex();
      const held = new Map<string, RunEntry>();
      // Asked before and after each change, as open pages do.
      const open = Array.from({ length: 6 }, () => randomQuery(random));
      const refOf = ({ item }: RunEntry) => item;
      const keyOf = ({ item }: RunEntry) =>
        `${item.cluster}/${item.namespace}/${item.name}`;
      for (let round = 0; round < 40; round += 1) {
        for (let step = 0; step < (round ? 12 : 150); step += 1) {
          const known = [...held.values()];
          const old = known[Math.floor(random() * known.length)];
          if (old && random() < 0.3) {
            held.delete(keyOf(old));
            index.change(refOf(old));
          } else {
            const entry = run(Math.floor(random() * 250), random);
            held.set(keyOf(entry), entry);
            index.change(refOf(entry), entry);
          }
        }
        for (let asked = 0; asked < 12; asked += 1) {
          const query = open[asked] ?? randomQuery(random);
          const may = READERS[asked % READERS.length];
          const expected = plainly([...held.values()], may, query);
          expect(index.query(may, query, NOW)).toEqual(expected);
          // The same again, as another page asks.
          expect(index.query(may, { ...query }, NOW)).toEqual(expected);
        }
        for (const uid of SCHEDULES) {
          const may = READERS[round % READERS.length];
          const key = scheduleKey({ cluster: 'east', uid });
          expect(index.newestOf(key, may)).toEqual(
            newestPlainly([...held.values()], may, uid),
          );
        }
        const places = [...held.values()].map(
          ({ item }) => `${item.cluster}/${item.namespace}`,
        );
        expect(
          index
            .places()
            .map(one => `${one.cluster}/${one.namespace}`)
            .sort(),
        ).toEqual([...new Set(places)].sort());
      }
    },
  );

  it('finds the report of an entity behind any number of failed runs', () => {
    const index = new RunIndex();
    const add = (n: number, status: Record<string, unknown>) => {
      const raw = workload(`run-${n}`, { status }) as unknown as AgentWorkload;
      raw.metadata.creationTimestamp = new Date(NOW + n * 60_000).toISOString();
      const item = toListItem('east', raw, NOBODY_MAPPED);
      const resource = { ...item, fourEyes: false };
      index.change(item, { workload: raw, item, resource });
    };
    add(0, {
      phase: 'Completed',
      workflowArtifacts: { 'report-json': { bucket: 'b', key: 'k' } },
    });
    for (let n = 1; n <= 60; n += 1) add(n, { phase: 'Failed' });
    const { items, total } = index.query(
      READERS[0],
      parseRunsQuery({
        entityRef: 'component:default/tidepool',
        hasReport: 'true',
        limit: 10,
      }),
      NOW,
    );
    expect(items.map(({ name }) => name)).toEqual(['run-0']);
    expect(total).toBe(1);
  });
});
