import { mockServices } from '@backstage/backend-test-utils';
import { agentWorkloadSchema } from '@agentworkloads/api';
import { eventually } from '../__testUtils__/eventually';
import { aCompletedRun } from '../__testUtils__/reports';
import { NOBODY_MAPPED, workload } from '../__testUtils__/workloads';
import type { RunEntry } from '../cache/ClusterCache';
import { toListItem } from '../runs/toListItem';
import { Intake } from './Intake';
import { NotBelieved } from './readReport';
import type { CompletedRun } from './rows';

const gate = (decision?: 'approve' | 'deny') => ({
  mode: 'human',
  fourEyes: false,
  decision,
});

function entryOf(
  name: string,
  status: Record<string, unknown> = {
    phase: 'Completed',
    gate: gate('approve'),
  },
): RunEntry {
  const parsed = agentWorkloadSchema.parse(workload(name, { status }));
  return {
    workload: parsed,
    item: toListItem('local', parsed, NOBODY_MAPPED),
    resource: {
      cluster: 'local',
      namespace: parsed.metadata.namespace,
      name,
      fourEyes: false,
    },
  };
}

/** An intake before a log in memory, a clock that is set, and a storage that answers as it is told. */
function stage(runs: RunEntry[]) {
  const taken: string[] = [];
  const asked: string[] = [];
  const told: string[] = [];
  const state = {
    runs,
    now: 0,
    taken,
    asked,
    told,
    answer: (_name: string): void => {},
    database: (): void => {},
  };
  let busy = 0;
  const intake = new Intake({
    runs: () => state.runs,
    synced: () => true,
    log: {
      async known(keys) {
        state.database();
        return keys.filter(({ uid }) => taken.includes(uid));
      },
      async takeIn(run: CompletedRun) {
        if (taken.includes(run.uid)) return false;
        taken.push(run.uid);
        return true;
      },
    },
    async read({ item }) {
      busy += 1;
      expect(busy).toBe(1);
      asked.push(item.name);
      await new Promise(resolve => setImmediate(resolve));
      busy -= 1;
      state.answer(item.name);
      return { run: aCompletedRun({ name: item.name }), rows: [] };
    },
    tookIn: ({ name }) => told.push(name),
    logger: mockServices.logger.mock(),
    now: () => state.now,
    pauseMs: 20,
  });
  return { state, taken, asked, told, intake };
}

describe('taking in', () => {
  const stages: Intake[] = [];
  const begin = (runs: RunEntry[]) => {
    const made = stage(runs);
    stages.push(made.intake);
    return made;
  };

  afterEach(() => Promise.all(stages.splice(0).map(one => one.stop())));

  it('takes in, one after the other, what was there at the start, and tells of each', async () => {
    const { intake, taken, told } = begin(['a', 'b', 'c'].map(n => entryOf(n)));
    intake.start();
    await eventually(async () =>
      expect(taken).toEqual(['uid-of-a', 'uid-of-b', 'uid-of-c']),
    );
    expect(told).toEqual(['a', 'b', 'c']);
  });

  it('takes in a run as it completes, and reads it once', async () => {
    const { intake, state, asked } = begin([]);
    intake.start();
    const run = entryOf('late');
    state.runs = [run];
    expect(intake.isWaiting(run)).toBe(true);
    intake.changed(run);
    await eventually(async () => expect(intake.isWaiting(run)).toBe(false));
    intake.changed(run);
    await intake.stop();
    expect(asked).toEqual(['late']);
  });

  it('reads nothing of what another replica, or it itself before a restart, took in', async () => {
    const { intake, state, taken, asked, told } = begin([entryOf('a')]);
    taken.push('uid-of-a');
    state.runs.push(entryOf('b'));
    intake.start();
    await eventually(async () => expect(taken).toContain('uid-of-b'));
    expect(asked).toEqual(['b']);
    expect(told).toEqual(['b']);
  });

  it.each([
    ['open', { phase: 'AwaitingApproval', gate: gate() }],
    ['running', { phase: 'Running' }],
    ['denied', { phase: 'Denied', gate: gate('deny') }],
    ['timed out', { phase: 'TimedOut', gate: gate('deny') }],
    ['cancelled', { phase: 'Cancelled' }],
    ['failed after its gate', { phase: 'Failed', gate: gate('approve') }],
    ['completed without a decision', { phase: 'Completed' }],
  ])('reads nothing of a run that is %s', async (_, status) => {
    const closed = entryOf('closed', status);
    const { intake, taken, asked } = begin([closed, entryOf('good')]);
    intake.start();
    intake.changed(closed);
    await eventually(async () => expect(taken).toContain('uid-of-good'));
    expect(asked).toEqual(['good']);
    expect(intake.isWaiting(closed)).toBe(false);
  });

  it('tries again later while the storage is away, and asks it once a try', async () => {
    const { intake, state, taken, asked } = begin(
      ['a', 'b'].map(n => entryOf(n)),
    );
    state.answer = () => {
      if (asked.length < 3) throw new Error('away');
    };
    intake.start();
    await eventually(async () => expect(taken).toHaveLength(2));
    expect(asked).toEqual(['a', 'a', 'a', 'b']);
  });

  it('ends soon although the storage does not answer', async () => {
    const stuck = new Intake({
      runs: () => [entryOf('a')],
      synced: () => true,
      log: { known: async () => [], takeIn: async () => true },
      read: () => new Promise(() => {}),
      tookIn: () => {},
      logger: mockServices.logger.mock(),
      now: () => 0,
      patienceMs: 20,
    });
    stuck.start();
    await expect(stuck.stop()).resolves.toBeUndefined();
  });

  it('tries again later while the database is away', async () => {
    const { intake, state, taken } = begin([entryOf('a')]);
    let tries = 0;
    state.database = () => {
      tries += 1;
      if (tries < 3) throw new Error('no connection');
    };
    intake.start();
    await eventually(async () => expect(taken).toEqual(['uid-of-a']));
    expect(tries).toBe(3);
  });

  it('leaves out a report that is not believed, goes on with the others, and looks at it again much later', async () => {
    const bad = entryOf('bad');
    const { intake, state, taken, asked } = begin([bad, entryOf('good')]);
    state.answer = name => {
      if (name === 'bad') throw new NotBelieved('it is another one');
    };
    intake.start();
    await eventually(async () => expect(taken).toEqual(['uid-of-good']));
    expect(intake.isWaiting(bad)).toBe(true);
    intake.changed(bad);
    state.runs.push(entryOf('next'));
    intake.changed(state.runs[2]);
    await eventually(async () => expect(taken).toContain('uid-of-next'));
    expect(asked.filter(name => name === 'bad')).toHaveLength(1);
    state.now += 11 * 60_000;
    state.answer = () => {};
    intake.changed(bad);
    await eventually(async () => expect(taken).toContain('uid-of-bad'));
  });
});
