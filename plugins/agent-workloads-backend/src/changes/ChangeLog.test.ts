import { basename } from 'node:path';
import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { agentWorkloadSchema, type Change } from '@agentworkloads/api';
import createKnex, { type Knex } from 'knex';
import { startPostgres } from '../__testUtils__/postgres';
import {
  aCompletedRun,
  aReport,
  creptChange,
  planChange,
  priceChange,
} from '../__testUtils__/reports';
import {
  NAMESPACE,
  NOBODY_MAPPED,
  SEEN_ON_MONDAY,
  workload,
} from '../__testUtils__/workloads';
import { migrated } from '../migrated';
import { toListItem } from '../runs/toListItem';
import { ChangeLog } from './ChangeLog';
import { completedRun } from './intakeOf';
import { toItem } from './readable';
import { changeOf, rowsOf, type CompletedRun } from './rows';

const HERE = [{ cluster: 'local', namespace: NAMESPACE }];
const ALICE = 'user:default/alice';
const BOB = 'user:default/bob';
const BOB_HERE = { places: HERE, userRef: BOB };
const NOW = Date.parse('2026-01-02T00:00:00Z');

const serviceOf = (db: Knex): DatabaseService => ({
  getClient: async () => db,
});

/** A database that lives as long as a test, and how many may talk to it at once. */
interface Engine {
  name: string;
  connect(): Promise<{ db: Knex; again(): Promise<Knex> }>;
  close(): Promise<void>;
}

const sqlite: Engine = {
  name: 'SQLite',
  async connect() {
    const db = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    // In memory there is one connection.
    return { db, again: async () => db };
  },
  async close() {},
};

function postgres(): Engine {
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined;
  return {
    name: 'PostgreSQL',
    async connect() {
      server ??= await startPostgres();
      const connection = server.url;
      const open = () => createKnex({ client: 'pg', connection });
      const db = open();
      await db.raw('drop schema public cascade; create schema public');
      return { db, again: async () => open() };
    },
    async close() {
      await server?.stop();
    },
  };
}

describe.each([sqlite, postgres()])('the log in $name', engine => {
  let opened: Knex[];
  let log: ChangeLog;
  let again: () => Promise<Knex>;

  beforeEach(async () => {
    const connected = await engine.connect();
    opened = [connected.db];
    again = async () => {
      const other = await connected.again();
      opened.push(other);
      return other;
    };
    log = new ChangeLog(await migrated(serviceOf(connected.db)));
  }, 60_000);

  afterEach(async () => {
    await Promise.all([...new Set(opened)].map(db => db.destroy()));
  });

  afterAll(() => engine.close());

  const take = (run: CompletedRun, changes: Change[]) =>
    log.takeIn(run, rowsOf(aReport(changes)), NOW);
  const subjects = async (
    ...args: Parameters<ChangeLog['page']> extends [unknown, ...infer R]
      ? R
      : never
  ) =>
    (await log.page(BOB_HERE, ...args)).map(({ columns }) => columns.subject);

  /** Undoes migrations, the last one first, up to and with this one. */
  const backBefore = async (migration: string) => {
    const directory = resolvePackagePath(
      '@agentworkloads/backstage-plugin-agent-workloads-backend',
      'migrations',
    );
    for (let undone = ''; undone !== migration; ) {
      const [, [path]] = await opened[0].migrate.down({ directory });
      undone = basename(path);
    }
  };

  it('gives each change back as the report had it, with its run', async () => {
    const changes = [priceChange(), planChange(), creptChange()];
    await take(aCompletedRun({ fourEyes: true }), changes);
    const found = await log.page(BOB_HERE, {}, 10);
    expect(found.map(({ columns }) => changeOf(columns))).toEqual(changes);
    expect(found[0].run).toMatchObject(aCompletedRun({ fourEyes: true }));
    expect(found.map(({ columns }) => columns)).toMatchObject([
      {
        position: 0,
        company: 'Tidepool',
        host: 'tidepool.example.com',
        class: 'price',
      },
      { position: 1, class: 'plan' },
      { position: 2, class: 'price' },
    ]);
  });

  it('keeps what was taken in before it was known since when', async () => {
    const db = opened[0];
    await take(aCompletedRun(), [creptChange()]);
    await backBefore('20261201_since.js');
    expect(await db.schema.hasColumn('changes', 'since')).toBe(false);
    const after = new ChangeLog(await migrated(serviceOf(await again())));
    const [{ columns }] = await after.page(BOB_HERE, {}, 10);
    expect(changeOf(columns)).toEqual({
      ...creptChange(),
      since: undefined,
    });
  });

  it('finds the changes of an entity in whatever case it is written, now and of before', async () => {
    const entityRef = 'Component:default/Tidepool';
    await take(aCompletedRun({ entityRef }), [priceChange()]);
    await take(aCompletedRun({ name: 'before', entityRef }), [planChange()]);
    await backBefore('20261202_entity.js');
    await opened[0]('completed_runs')
      .where({ workload_name: 'before' })
      .update({ entity_ref: entityRef });
    const after = new ChangeLog(await migrated(serviceOf(await again())));
    for (const written of [entityRef, 'component:default/tidepool']) {
      const found = await after.page(BOB_HERE, { entityRef: written }, 10);
      expect(found.map(({ columns }) => columns.subject).sort()).toEqual([
        'Scale',
        'Team',
      ]);
    }
  });

  it('takes a run in once, also without a change', async () => {
    expect(await take(aCompletedRun(), [priceChange()])).toBe(true);
    expect(await take(aCompletedRun(), [planChange()])).toBe(false);
    expect(await take(aCompletedRun({ name: 'same' }), [])).toBe(true);
    expect(await take(aCompletedRun({ name: 'same' }), [])).toBe(false);
    expect(await subjects({}, 10)).toEqual(['Team']);
    const keys = ['tidepool-1', 'same', 'other'].map(name => ({
      cluster: 'local',
      uid: `uid-of-${name}`,
    }));
    expect(await log.known(keys)).toHaveLength(2);
    expect(await log.known(keys.slice(2))).toEqual([]);
  });

  it('takes a run in once where two replicas do it at the same moment', async () => {
    const other = new ChangeLog(await migrated(serviceOf(await again())));
    const rows = rowsOf(aReport([priceChange(), planChange()]));
    for (let round = 0; round < 5; round += 1) {
      const run = aCompletedRun({ name: `run-${round}` });
      const took = await Promise.all(
        [log, other, log, other].map(one => one.takeIn(run, rows, NOW)),
      );
      expect(took.filter(Boolean)).toHaveLength(1);
    }
    expect(await subjects({}, 100)).toHaveLength(10);
  });

  it('leaves nothing of a run that can not be written whole', async () => {
    const rows = rowsOf(aReport([priceChange(), planChange()]));
    const broken = [rows[0], { ...rows[1], subject: null as never }];
    await expect(log.takeIn(aCompletedRun(), broken, NOW)).rejects.toThrow(
      /null/i,
    );
    expect(await log.runs(HERE, 10)).toEqual([]);
    expect(await log.takeIn(aCompletedRun(), rows, NOW)).toBe(true);
  });

  it('keeps what it has over a restart', async () => {
    await take(aCompletedRun(), [priceChange()]);
    const later = new ChangeLog(await migrated(serviceOf(await again())));
    expect(await later.page(BOB_HERE, {}, 10)).toHaveLength(1);
    expect(await later.places()).toEqual(HERE);
  });

  it('takes any text that a page may hold', async () => {
    const odd = 'a\0b \ud800 \u202e"\'\\ 💸';
    await take(aCompletedRun(), [priceChange({ subject: odd })]);
    expect(await subjects({}, 1)).toEqual(['ab \ufffd \u202e"\'\\ 💸']);
  });

  it('takes in a report with thousands of changes', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) =>
      planChange(`Plan ${index}`),
    );
    await take(aCompletedRun(), many);
    expect((await subjects({}, 5_000)).at(-1)).toBe('Plan 2499');
  });

  it('pages through all, the newest run first, each change once', async () => {
    const at = (hour: number) =>
      Date.parse('2026-01-01T00:00:00Z') + hour * 36e5;
    await take(aCompletedRun({ name: 'first', completedAt: at(1) }), [
      planChange('1a'),
      planChange('1b'),
    ]);
    await take(aCompletedRun({ name: 'twin', completedAt: at(1) }), [
      planChange('2a'),
    ]);
    await take(aCompletedRun({ name: 'last', completedAt: at(2) }), [
      planChange('3a'),
      planChange('3b'),
    ]);
    const order = ['3a', '3b', '1a', '1b', '2a'];
    expect(await subjects({}, 10)).toEqual(order);
    const seen: string[] = [];
    let page = await log.page(BOB_HERE, {}, 2);
    while (page.length > 0) {
      seen.push(...page.map(({ columns }) => columns.subject));
      page = await log.page(BOB_HERE, {}, 2, page.at(-1)?.at);
    }
    expect(seen).toEqual(order);
  });

  it('has what a run that was opened again says in the place of when its pages were seen', async () => {
    const run = (name: string, day: number, more: object = {}) => {
      const parsed = agentWorkloadSchema.parse(
        workload(name, {
          status: {
            phase: 'Completed',
            finishedAt: `2026-11-${day}T09:00:00Z`,
            ...more,
          },
        }),
      );
      const entry = {
        workload: parsed,
        item: toListItem('local', parsed, NOBODY_MAPPED),
        resource: {
          cluster: 'local',
          namespace: NAMESPACE,
          name,
          fourEyes: false,
        },
      };
      return completedRun(entry, aReport([]), 'f'.repeat(64));
    };
    await take(run('wednesday', 18), [planChange('From 10 to 15')]);
    await take(run('thursday', 19, { evidenceFrom: SEEN_ON_MONDAY }), [
      planChange('From 10 to 12'),
    ]);
    expect(await subjects({}, 10)).toEqual(['From 10 to 15', 'From 10 to 12']);
    const [, older] = await log.page(BOB_HERE, {}, 10);
    expect(toItem(older, BOB).completedAt).toBe('2026-11-16T08:00:00.000Z');
    const tuesday = Date.parse('2026-11-17T00:00:00Z');
    expect(await subjects({ since: tuesday }, 10)).toEqual(['From 10 to 15']);
  });

  it('says what is new to each person since the visit before, which a reload does not end', async () => {
    const minute = 60_000;
    const alice = (after: number) =>
      log.visit('user:default/alice', NOW + after * minute);
    expect(await alice(0)).toBeUndefined();
    expect(await alice(20)).toBeUndefined();
    expect(await alice(100)).toBe(NOW + 20 * minute);
    expect(await alice(120)).toBe(NOW + 20 * minute);
    expect(await alice(151)).toBe(NOW + 120 * minute);
    expect(await log.visit('user:default/bob', NOW)).toBeUndefined();
  });

  it('shows nothing of other clusters and namespaces', async () => {
    await take(aCompletedRun(), [planChange('mine')]);
    await take(aCompletedRun({ name: 'b', namespace: 'other' }), [
      planChange('theirs'),
    ]);
    await take(aCompletedRun({ cluster: 'far' }), [planChange('far')]);
    expect(await subjects({}, 10)).toEqual(['mine']);
    expect(await log.page({ ...BOB_HERE, places: [] }, {}, 10)).toEqual([]);
    expect(await log.runs([], 10)).toEqual([]);
    expect((await log.runs(HERE, 10)).map(({ name }) => name)).toEqual([
      'tidepool-1',
    ]);
  });

  it('narrows by company, class, time and run', async () => {
    const elsewhere = { url: 'https://metricly.example.com/plans' };
    await take(aCompletedRun({ completedAt: NOW - 1_000 }), [
      priceChange(),
      priceChange({ ...elsewhere, subject: 'Gone', aspect: 'currency' }),
    ]);
    await take(aCompletedRun({ name: 'b', completedAt: NOW }), [
      planChange('New'),
    ]);
    expect(await subjects({ company: 'tidepool' }, 10)).toEqual([
      'New',
      'Team',
    ]);
    expect(await subjects({ company: 'metricly.ex' }, 10)).toEqual(['Gone']);
    expect(await subjects({ company: 'm_tricly' }, 10)).toEqual([]);
    expect(await subjects({ company: '%' }, 10)).toEqual([]);
    expect(await subjects({ classes: ['price'] }, 10)).toEqual(['Team']);
    expect(await subjects({ classes: ['terms', 'plan'] }, 10)).toEqual([
      'New',
      'Gone',
    ]);
    expect(await subjects({ since: NOW }, 10)).toEqual(['New']);
    expect(await subjects({ run: 'b', namespace: NAMESPACE }, 10)).toEqual([
      'New',
    ]);
    expect(await subjects({ cluster: 'far' }, 10)).toEqual([]);
  });

  const find = (position: number, userRef = BOB, uid = 'uid-of-tidepool-1') =>
    log.find(
      { places: HERE, userRef },
      { cluster: 'local', workloadUid: uid, position },
    );
  const at = async (position: number) => (await find(position))!.at;

  it('finds a change by its run and place, and none of other clusters and namespaces', async () => {
    await take(aCompletedRun(), [priceChange(), planChange()]);
    await take(aCompletedRun({ name: 'b', namespace: 'other' }), [
      planChange(),
    ]);
    expect((await find(1))?.columns.subject).toBe('Scale');
    expect((await find(1))?.marks).toEqual({});
    expect(await find(2)).toBeUndefined();
    expect(await find(-1)).toBeUndefined();
    expect(await find(0, BOB, 'uid-of-b')).toBeUndefined();
    const nowhere = { places: [], userRef: BOB };
    const key = { cluster: 'local', workloadUid: 'uid-of-tidepool-1' };
    expect(await log.find(nowhere, { ...key, position: 0 })).toBeUndefined();
  });

  it('keeps what one puts aside from others', async () => {
    await take(aCompletedRun(), [priceChange(), planChange()]);
    await log.marks.see(BOB, await at(0), true, NOW + 1);
    await log.marks.see(BOB, await at(0), true, NOW + 2);
    expect((await find(0))?.marks).toEqual({ seenAt: NOW + 1 });
    expect((await find(0, ALICE))?.marks).toEqual({});
    expect((await find(1))?.marks).toEqual({});
    expect(await subjects({ show: 'unread' }, 10)).toEqual(['Scale']);
    await log.marks.see(BOB, await at(0), false, NOW + 3);
    expect((await find(0))?.marks).toEqual({});
  });

  it('keeps a change that is called wrong, for all to see who said so first and why', async () => {
    await take(aCompletedRun(), [priceChange(), planChange()]);
    const said = { by: ALICE, at: NOW, reason: 'A banner,\nno price' };
    expect(await log.marks.callWrong(await at(0), said)).toEqual(said);
    expect((await find(0))?.marks).toEqual({ wrong: said });
    const later = { by: BOB, at: NOW + 1, reason: 'I think so, too' };
    expect(await log.marks.callWrong(await at(0), later)).toEqual(said);
    const better = { ...said, at: NOW + 2, reason: 'In other words' };
    expect(await log.marks.callWrong(await at(0), better)).toEqual(better);
    expect(await subjects({}, 10)).toEqual(['Team', 'Scale']);
    expect(await subjects({ show: 'wrong' }, 10)).toEqual(['Team']);
    expect(await subjects({ show: 'unread' }, 10)).toEqual(['Scale']);
  });

  it('lets them alone take it back', async () => {
    await take(aCompletedRun(), [priceChange()]);
    await log.marks.callWrong(await at(0), { by: ALICE, at: NOW, reason: 'x' });
    expect(await log.marks.takeBack(await at(0), BOB)).toBe(false);
    expect((await find(0))?.marks.wrong?.by).toBe(ALICE);
    expect(await log.marks.takeBack(await at(0), ALICE)).toBe(true);
    expect(await log.marks.takeBack(await at(0), ALICE)).toBe(false);
    expect((await find(0))?.marks).toEqual({});
  });

  it('forgets what was said of a run with the run', async () => {
    await take(aCompletedRun(), [priceChange()]);
    const change = await at(0);
    await log.marks.callWrong(change, { by: ALICE, at: NOW, reason: 'x' });
    await log.marks.see(BOB, change, true, NOW);
    const [db] = opened;
    await db('completed_runs').delete();
    expect(await db('changes_wrong')).toEqual([]);
    expect(await db('changes_seen')).toEqual([]);
  });

  it('tells what is unread without a visit', async () => {
    const minute = 60_000;
    const since = (after: number) => log.unreadSince(BOB, NOW + after * minute);
    expect(await since(0)).toBeUndefined();
    await log.visit(BOB, NOW);
    expect(await since(10)).toBeUndefined();
    expect(await since(40)).toBe(NOW);
    await log.visit(BOB, NOW + 100 * minute);
    expect(await since(110)).toBe(NOW);
    expect(await since(140)).toBe(NOW + 100 * minute);
    expect(await since(110)).toBe(NOW);
    await take(aCompletedRun(), [planChange()]);
    const unread = (unreadSince: number) =>
      subjects({ show: 'unread', unreadSince }, 10);
    expect(await unread(NOW)).toEqual([]);
    expect(await unread(NOW - 1)).toEqual(['Scale']);
  });

  it('knows what each run asked, which entity it belongs to, and where what it saved is', async () => {
    const manifest = { bucket: 'artifacts', key: 'runs/u/m', sha256: 'b' };
    const run = aCompletedRun({
      entityRef: 'component:default/rivals',
      objective: 'Plans and prices',
      manifest,
      baseline: { name: 'b', completedAt: 'x', workflowUid: 'w', manifest },
    });
    await take(run, [priceChange()]);
    await take(aCompletedRun({ name: 'of-none', workflowUid: 'other' }), [
      planChange(),
    ]);
    const ofEntity = { entityRef: 'component:default/rivals' };
    const [found] = await log.page(BOB_HERE, ofEntity, 10);
    expect(found.run).toMatchObject(run);
    expect(await subjects(ofEntity, 10)).toEqual(['Team']);
    expect((await log.runOfWorkflow(HERE, 'other'))?.name).toBe('of-none');
    expect(await log.runOfWorkflow([], 'other')).toBeUndefined();
    expect(await log.runOfWorkflow(HERE, 'none')).toBeUndefined();
  });
});
