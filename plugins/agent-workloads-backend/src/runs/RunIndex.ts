import type { Phase } from '@agentworkloads/api';
import type {
  RunListItem,
  RunRef,
  RunsResponse,
  RunSortField,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { toResourceRef } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { LRUCache } from 'lru-cache';
import type { RunEntry } from '../cache/ClusterCache';
import type { Place, WorkloadResource } from '../permissions';
import { IndexedRun } from './indexedRun';
import { phasesOf, testOf, type ParsedRunsQuery } from './queryRuns';
import { comparison, orderBy, type RunOrder } from './runOrders';

/** Below this part of all runs it is quicker to sort those that a filter names than to walk through all in order. */
const FEW = 1 / 8;

/** Who may see a run. */
export interface MayRead {
  test(resource: WorkloadResource): boolean;
  /** Whether the answer is the same for every run of a place, a requester and a rule of four eyes. */
  isByClass: boolean;
  /** The caller's name in the clusters, where they have one. */
  username?: string;
}

type Facet = keyof RunsResponse['facets'];
const FACETS: Record<Facet, (item: RunListItem) => readonly string[]> = {
  requestedBy: item => (item.requestedBy ? [item.requestedBy] : []),
  hosts: item => item.hosts,
  entityRefs: item => (item.entityRef ? [item.entityRef] : []),
};
const NAMES = Object.keys(FACETS) as Facet[];

type Counts = Map<string, number>;

/** Runs that permission rules can't tell apart by anything but their names. */
interface RunClass {
  id: number;
  resource: WorkloadResource;
  size: number;
  facets: Record<Facet, Counts>;
}

/** What of all runs somebody sees. */
interface Seen {
  /** The ids of their classes, where nothing but these tells one reader from another. */
  classes?: readonly number[];
  size: number;
  has(run: IndexedRun): boolean;
  facets(): RunsResponse['facets'];
}

class Postings {
  private readonly sets = new Map<string, Set<IndexedRun>>();
  private static readonly NONE: ReadonlySet<IndexedRun> = new Set();

  constructor(
    private readonly valuesOf: (run: IndexedRun) => Iterable<string>,
  ) {}

  add(run: IndexedRun): void {
    for (const value of this.valuesOf(run)) {
      const known = this.sets.get(value);
      if (known) known.add(run);
      else this.sets.set(value, new Set([run]));
    }
  }

  remove(run: IndexedRun): void {
    for (const value of this.valuesOf(run)) {
      const known = this.sets.get(value);
      known?.delete(run);
      if (known?.size === 0) this.sets.delete(value);
    }
  }

  get(value: string): ReadonlySet<IndexedRun> {
    return this.sets.get(value) ?? Postings.NONE;
  }
}

const sorted = (values: Iterable<string>) => [...values].sort();

const ofFacets = <T>(make: (name: Facet) => T): Record<Facet, T> => ({
  requestedBy: make('requestedBy'),
  hosts: make('hosts'),
  entityRefs: make('entityRefs'),
});

/**
 * All runs of all clusters as lists ask for them: every order, and the runs of each phase, host, entity, person and schedule, kept as runs come,
 * change and go. A request walks an order as far as its page, or sorts the few that a filter names.
 */
export class RunIndex {
  private readonly runs = new Map<string, IndexedRun>();
  private readonly classes = new Map<string, RunClass>();
  private readonly orders = new Map<RunSortField, RunOrder>();
  private readonly byPhase = new Postings(({ item }) => [item.phase]);
  private readonly byHost = new Postings(({ item }) => item.hosts);
  private readonly byEntity = new Postings(({ entityRef }) =>
    entityRef === undefined ? [] : [entityRef],
  );
  private readonly byPerson = new Postings(({ item }) =>
    FACETS.requestedBy(item),
  );
  private readonly bySchedule = new Postings(({ schedule }) =>
    schedule === undefined ? [] : [schedule],
  );
  private readonly postings = [
    this.byPhase,
    this.byHost,
    this.byEntity,
    this.byPerson,
    this.bySchedule,
  ];
  /** By the classes that somebody sees; of no use once a value has come or gone. */
  private readonly facets = new LRUCache<string, RunsResponse['facets']>({
    max: 100,
  });
  /** Many pages ask the same after each change; of no use once anything has changed. */
  private readonly answers = new LRUCache<
    string,
    Omit<RunsResponse, 'clusters'>
  >({ max: 200 });
  /**
   * What filters found lately, kept up as runs come and go: of the next answer only what has changed since is looked at. A run that
   * changes is another one here, so no test gives two answers of one.
   */
  private readonly found = new LRUCache<
    string,
    { test: (run: IndexedRun) => boolean; runs: Set<IndexedRun> }
  >({ max: 30 });
  private classIds = 0;

  /** @param entry - as it is now; undefined for one that is gone or can't be read */
  change(ref: RunRef, entry?: RunEntry): void {
    const key = toResourceRef(ref);
    this.answers.clear();
    const before = this.runs.get(key);
    if (before) this.remove(key, before);
    if (entry) this.add(key, new IndexedRun(entry));
  }

  /** Where there are runs. */
  places(): Place[] {
    const places = new Map<string, Place>();
    for (const { resource } of this.classes.values()) {
      const { cluster, namespace } = resource;
      places.set(`${cluster}/${namespace}`, { cluster, namespace });
    }
    return [...places.values()];
  }

  inPhase(phase: Phase): RunEntry[] {
    return Array.from(this.byPhase.get(phase), ({ entry }) => entry);
  }

  /**
   * The newest run of a schedule that somebody may see. A schedule keeps few: its `history`.
   * @param schedule - see {@link scheduleKey}
   */
  newestOf(
    schedule: string,
    may: Pick<MayRead, 'test'>,
  ): RunListItem | undefined {
    let newest: IndexedRun | undefined;
    for (const run of this.bySchedule.get(schedule)) {
      const isNewer = !newest || newest.id < run.id;
      if (isNewer && may.test(run.entry.resource)) newest = run;
    }
    return newest?.item;
  }

  /** @param now - milliseconds since the epoch */
  query(
    may: MayRead,
    query: ParsedRunsQuery,
    now: number,
  ): Omit<RunsResponse, 'clusters'> {
    const seen = this.seenBy(may);
    // How long a run has taken is another answer each second.
    const key =
      seen.classes !== undefined && query.sort !== 'duration'
        ? JSON.stringify([seen.classes, may.username, query])
        : undefined;
    const known = key && this.answers.get(key);
    if (known) return known;
    const answer = this.answer(may, query, now, seen);
    if (key) this.answers.set(key, answer);
    return answer;
  }

  private answer(
    may: MayRead,
    query: ParsedRunsQuery,
    now: number,
    seen: Seen,
  ): Omit<RunsResponse, 'clusters'> {
    const found = this.foundBy(query, may.username);
    const isFew = found && found.size <= this.runs.size * FEW;
    const { items, total } = isFew
      ? sortedPage([...found], query, now, run => seen.has(run))
      : this.walkedPage(query, now, seen, found);
    return { items, total, facets: seen.facets() };
  }

  /** @returns undefined where every run matches */
  private foundBy(
    query: ParsedRunsQuery,
    username?: string,
  ): ReadonlySet<IndexedRun> | undefined {
    const test = testOf(query, username);
    if (!test) return undefined;
    const {
      sort: _,
      order: _order,
      offset: _at,
      limit: _most,
      ...filter
    } = query;
    const key = JSON.stringify([filter, filter.mine && username]);
    const known = this.found.get(key);
    if (known) return known.runs;
    const runs = new Set<IndexedRun>();
    for (const run of this.few(query, username) ?? this.runs.values()) {
      if (test(run)) runs.add(run);
    }
    this.found.set(key, { test, runs });
    return runs;
  }

  private add(key: string, run: IndexedRun): void {
    this.runs.set(key, run);
    let found = this.classes.get(run.class);
    if (!found) {
      found = {
        id: this.classIds++,
        resource: run.entry.resource,
        size: 0,
        facets: ofFacets(() => new Map()),
      };
      this.classes.set(run.class, found);
    }
    found.size += 1;
    this.count(found, run.item, 1);
    this.postings.forEach(one => one.add(run));
    for (const { test, runs } of this.found.values()) {
      if (test(run)) runs.add(run);
    }
    this.orders.forEach(order => order.add(run));
  }

  private remove(key: string, run: IndexedRun): void {
    this.runs.delete(key);
    const found = this.classes.get(run.class)!;
    found.size -= 1;
    this.count(found, run.item, -1);
    if (found.size === 0) this.classes.delete(run.class);
    this.postings.forEach(one => one.remove(run));
    for (const { runs } of this.found.values()) runs.delete(run);
    this.orders.forEach(order => order.remove(run));
  }

  private count({ facets }: RunClass, item: RunListItem, step: 1 | -1): void {
    for (const name of NAMES) {
      const counts = facets[name];
      for (const value of FACETS[name](item)) {
        const count = (counts.get(value) ?? 0) + step;
        if (count === 0) counts.delete(value);
        else counts.set(value, count);
        const cameOrWent = count === 0 || (count === 1 && step === 1);
        if (cameOrWent) this.facets.clear();
      }
    }
  }

  private order(field: RunSortField): RunOrder {
    const known = this.orders.get(field);
    if (known) return known;
    const order = orderBy(field);
    this.runs.forEach(run => order.add(run));
    this.orders.set(field, order);
    return order;
  }

  private seenBy(may: MayRead): Seen {
    if (!may.isByClass) return this.seenOneByOne(may);
    const classes = new Map(
      [...this.classes].filter(([, { resource }]) => may.test(resource)),
    );
    const all = classes.size === this.classes.size;
    return {
      classes: [...classes.values()].map(({ id }) => id),
      size: [...classes.values()].reduce((sum, { size }) => sum + size, 0),
      has: (run: IndexedRun) => all || classes.has(run.class),
      facets: () => this.facetsOf([...classes.values()]),
    };
  }

  /** For rules of others, which may look at names. */
  private seenOneByOne(may: MayRead): Seen {
    const seen = new Set(
      [...this.runs.values()].filter(({ entry }) => may.test(entry.resource)),
    );
    const values = (name: Facet) =>
      sorted(new Set([...seen].flatMap(({ item }) => FACETS[name](item))));
    return {
      size: seen.size,
      has: (run: IndexedRun) => seen.has(run),
      facets: () => ofFacets(values),
    };
  }

  private facetsOf(classes: readonly RunClass[]): RunsResponse['facets'] {
    const key = classes.map(({ id }) => id).join(',');
    const known = this.facets.get(key);
    if (known) return known;
    const values = (name: Facet) =>
      sorted(
        new Set(classes.flatMap(({ facets }) => [...facets[name].keys()])),
      );
    const found = ofFacets(values);
    this.facets.set(key, found);
    return found;
  }

  /** The smallest set of runs that a filter names, where that is few; each of them is still to be tested. */
  private few(
    query: ParsedRunsQuery,
    username?: string,
  ): readonly IndexedRun[] | undefined {
    const { host, entityRef, requestedBy } = query;
    const phases = phasesOf(query);
    const person = requestedBy || (query.mine ? username ?? '' : undefined);
    const named = [
      phases && [...new Set(phases)].map(phase => this.byPhase.get(phase)),
      host ? [this.byHost.get(host)] : undefined,
      entityRef ? [this.byEntity.get(entityRef.toLowerCase())] : undefined,
      person === undefined ? undefined : [this.byPerson.get(person)],
    ].filter(sets => sets !== undefined);
    const sizeOf = (sets: ReadonlySet<IndexedRun>[]) =>
      sets.reduce((sum, { size }) => sum + size, 0);
    const [smallest] = named.sort((a, b) => sizeOf(a) - sizeOf(b));
    return smallest && sizeOf(smallest) <= this.runs.size * FEW
      ? smallest.flatMap(set => [...set])
      : undefined;
  }

  private walkedPage(
    query: ParsedRunsQuery,
    now: number,
    seen: Pick<Seen, 'size' | 'has'>,
    found: ReadonlySet<IndexedRun> | undefined,
  ) {
    const { offset, limit } = query;
    const items: RunListItem[] = [];
    let passed = 0;
    for (const run of this.order(query.sort).walk(query.order, now)) {
      // How many there are is known without walking on.
      if (items.length >= limit) break;
      if (!seen.has(run) || (found && !found.has(run))) continue;
      if (passed >= offset) items.push(run.item);
      passed += 1;
    }
    return { items, total: found ? this.seenOf(found, seen) : seen.size };
  }

  private seenOf(
    found: ReadonlySet<IndexedRun>,
    seen: Pick<Seen, 'size' | 'has'>,
  ): number {
    if (seen.size === this.runs.size) return found.size;
    let count = 0;
    for (const run of found) if (seen.has(run)) count += 1;
    return count;
  }
}

function sortedPage(
  runs: readonly IndexedRun[],
  query: ParsedRunsQuery,
  now: number,
  isFound: (run: IndexedRun) => boolean,
) {
  const { sort, order, offset, limit } = query;
  const found = runs.filter(isFound).sort(comparison(sort, order, now));
  return {
    items: found.slice(offset, offset + limit).map(({ item }) => item),
    total: found.length,
  };
}
