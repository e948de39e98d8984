import { describe, expect, it } from '@jest/globals';
import type {
  AgentWorkloadSchedule,
  AgentWorkloadScheduleStatus,
} from '@agentworkloads/api';
import {
  anEndedRun,
  aRun,
  aSchedule,
  minutes,
  NOON,
  policySays,
  SCHEDULE_UID,
  stamp,
  stateOf,
} from '../../test/builders/schedule';
import { decideSchedule } from './decide';
import type { ScheduleDecision, ScheduleState } from './state';

type Status = AgentWorkloadScheduleStatus;
type Recorded = Extract<ScheduleDecision, { type: 'record' }>;

/** Dealt with until so many minutes after noon. */
const until = (count: number) => ({
  following: {
    schedule: '0 * * * *',
    timeZone: 'Etc/UTC',
    until: stamp(minutes(count)),
  },
});

function recorded(state: ScheduleState, now: Date): Recorded {
  const decision = decideSchedule(state, now);
  if (decision.type !== 'record') {
    throw new Error(`expected a record, got ${JSON.stringify(decision)}`);
  }
  return decision;
}

/** As the next pass sees it. */
function after(
  schedule: AgentWorkloadSchedule,
  { status }: { status: Status },
): AgentWorkloadSchedule {
  return { ...schedule, status };
}

/** A pass that has nothing to decide records what it sees; this is what it leaves. */
function seen(
  spec: Parameters<typeof aSchedule>[0],
  status: Partial<Status>,
  now: Date,
  rest: Partial<ScheduleState> = {},
): AgentWorkloadSchedule {
  const schedule = aSchedule(spec, status);
  const decision = decideSchedule(stateOf(schedule, rest), now);
  return decision.type === 'record' ? after(schedule, decision) : schedule;
}

const ready = ({ status }: Recorded) =>
  status.conditions?.find(({ type }) => type === 'Ready');
const reasonsOf = ({ status }: Recorded) =>
  status.notStarted?.map(({ reason, times }) => [reason, times]);
const at1400 = Math.floor(minutes(120).getTime() / 60_000);

describe('a time that has come due', () => {
  const schedule = seen({}, until(60), minutes(61));

  it('is first recorded as a run that is to be made', () => {
    const { status } = recorded(stateOf(schedule), minutes(120));
    expect(status.pending).toEqual({
      name: `weekly-${at1400}`,
      dueAt: '2026-03-02T14:00:00Z',
      generation: 1,
    });
    expect(status.following?.until).toBe('2026-03-02T14:00:00Z');
    expect(status.nextScheduleTime).toBe('2026-03-02T15:00:00Z');
  });

  it('then makes it, then is told as started, and then waits for the next', () => {
    const pending = after(schedule, recorded(stateOf(schedule), minutes(120)));
    expect(decideSchedule(stateOf(pending), minutes(120))).toMatchObject({
      type: 'act',
      actions: [{ type: 'create-run', pending: { name: `weekly-${at1400}` } }],
    });
    const runs = [aRun(`weekly-${at1400}`, { phase: 'Pending' })];
    const made = recorded(
      stateOf(pending, {
        runs,
        pendingRun: { kind: 'present', value: { scheduleUid: SCHEDULE_UID } },
      }),
      minutes(121),
    );
    expect(made.status).toMatchObject({
      lastScheduleTime: '2026-03-02T14:00:00Z',
      active: [{ name: `weekly-${at1400}` }],
      owned: { runs: 1, completed: 0 },
    });
    expect(made.status.pending).toBeUndefined();
    expect(made.events).toMatchObject([{ reason: 'RunStarted' }]);
    expect(
      decideSchedule(stateOf(after(pending, made), { runs }), minutes(121)),
    ).toEqual({ type: 'wait', requeueAfterMs: 59 * 60_000 });
  });

  it('comes at the minute, not before', () => {
    expect(
      decideSchedule(stateOf(schedule), new Date(minutes(120).getTime() - 1)),
    ).toEqual({ type: 'wait', requeueAfterMs: 1 });
  });

  it('is started late within the deadline, and left out after it', () => {
    const daily = { schedule: '0 12 * * *', startingDeadline: '2h' };
    const status = {
      following: { ...until(-1).following, schedule: '0 12 * * *' },
    };
    const late = recorded(stateOf(aSchedule(daily, status)), minutes(120));
    expect(late.status.pending?.dueAt).toBe(stamp(NOON));
    const tooLate = recorded(stateOf(aSchedule(daily, status)), minutes(121));
    expect(tooLate.status.pending).toBeUndefined();
    expect(reasonsOf(tooLate)).toEqual([['TooLate', 1]]);
  });
});

describe('after an absence', () => {
  it('of three due times only the latest gets a run, and the others a reason', () => {
    const decision = recorded(
      stateOf(aSchedule({}, until(0))),
      minutes(3 * 60 + 5),
    );
    expect(decision.status.pending?.dueAt).toBe(stamp(minutes(180)));
    expect(decision.status.notStarted).toMatchObject([
      {
        from: stamp(minutes(60)),
        to: stamp(minutes(120)),
        times: 2,
        reason: 'Missed',
      },
    ]);
  });

  it('of a year there is one run, or none, and one line', () => {
    const year = 365 * 24 * 60;
    const { status } = recorded(
      stateOf(aSchedule({}, until(0))),
      minutes(year),
    );
    expect(status.pending?.dueAt).toBe(stamp(minutes(year)));
    expect(status.notStarted).toMatchObject([
      { times: 365 * 24 - 1, reason: 'Missed' },
    ]);
  });

  it('what came due before it was made is not started', () => {
    const schedule = aSchedule();
    const created = Date.parse(schedule.metadata.creationTimestamp);
    const { status } = recorded(stateOf(schedule), new Date(created));
    expect(status.pending).toBeUndefined();
    expect(status.nextScheduleTime).toBe(stamp(new Date(created + 3_600_000)));
  });
});

describe('while an earlier run goes on', () => {
  const going = [aRun('weekly-1')];
  const due = (
    concurrencyPolicy: 'Forbid' | 'Allow' | 'Replace',
    runs = going,
  ) =>
    recorded(
      stateOf(aSchedule({ concurrencyPolicy }, until(0)), { runs }),
      minutes(60),
    );

  it('Forbid leaves the due time out and says which run', () => {
    const decision = due('Forbid');
    expect(decision.status.pending).toBeUndefined();
    expect(reasonsOf(decision)).toEqual([['StillRunning', 1]]);
    expect(decision.events[0]?.note).toContain('Run weekly-1 goes on');
  });

  it('Forbid counts a run at its gate, and GateOpen says that it waits', () => {
    const runs = [aRun('weekly-1', { phase: 'AwaitingApproval' })];
    const decision = due('Forbid', runs);
    expect(decision.events[0]?.note).toContain('weekly-1 waits at its gate');
    expect(decision.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'GateOpen', status: 'True' }),
    );
  });

  it('Allow starts one beside it', () => {
    const { status } = due('Allow');
    expect(status.pending).toBeDefined();
    expect(status.pending?.replaces).toBeUndefined();
  });

  it('Allow starts no more than fifty at the same time', () => {
    const runs = Array.from({ length: 50 }, (_, count) =>
      aRun(`weekly-${count}`),
    );
    expect(reasonsOf(due('Allow', runs))).toEqual([['StillRunning', 1]]);
  });

  it('Replace makes the new one first, and then cancels the other', () => {
    const schedule = aSchedule({ concurrencyPolicy: 'Replace' }, until(0));
    const decision = due('Replace');
    expect(decision.status.pending?.replaces).toEqual(['weekly-1']);
    const pending = after(schedule, decision);
    expect(
      decideSchedule(stateOf(pending, { runs: going }), minutes(60)),
    ).toMatchObject({ type: 'act', actions: [{ type: 'create-run' }] });
    const { name } = decision.status.pending as { name: string };
    const there = {
      pendingRun: {
        kind: 'present',
        value: { scheduleUid: SCHEDULE_UID },
      },
    } as const;
    expect(
      decideSchedule(
        stateOf(pending, { runs: [...going, aRun(name)], ...there }),
        minutes(60),
      ),
    ).toEqual({
      type: 'act',
      actions: [
        {
          type: 'cancel-run',
          name: 'weekly-1',
          uid: 'uid-of-weekly-1',
          replacedBy: name,
        },
      ],
    });
    const cancelled = [aRun('weekly-1', { isCancelled: true }), aRun(name)];
    const done = recorded(
      stateOf(pending, { runs: cancelled, ...there }),
      minutes(60),
    );
    expect(done.events[0]?.note).toContain('in place of weekly-1');
  });

  it('Replace tells of a run that it may not cancel, and goes on', () => {
    const schedule = aSchedule({ concurrencyPolicy: 'Replace' }, until(0));
    const both = [aRun('weekly-1'), aRun('weekly-2')];
    const pending = after(schedule, due('Replace', both));
    const name = String(pending.status?.pending?.name);
    const runs = [
      aRun('weekly-1'),
      aRun('weekly-2', { isCancelled: true }),
      aRun(name),
    ];
    const { status, events } = recorded(
      stateOf(pending, {
        runs,
        pendingRun: { kind: 'present', value: { scheduleUid: SCHEDULE_UID } },
        notCancelled: { 'uid-of-weekly-1': 'a webhook says no' },
      }),
      minutes(61),
    );
    expect(status.pending).toBeUndefined();
    expect(status.lastScheduleTime).toBe(stamp(minutes(60)));
    expect(events.map(({ type, note }) => [type, note])).toEqual([
      ['Normal', expect.stringMatching(/in place of weekly-2$/)],
      ['Warning', expect.stringContaining('weekly-1')],
    ]);
    expect(events[1]?.note).toContain('a webhook says no');
  });

  it('Replace cancels no run that somebody else asked for', () => {
    const decision = due('Replace', [aRun('weekly-1', { requester: 'ann' })]);
    expect(decision.status.pending).toBeUndefined();
    expect(reasonsOf(decision)).toEqual([['StillRunning', 1]]);
    expect(decision.events[0]?.note).toContain('which ann asked for');
  });

  it('one that is being deleted keeps none from starting', () => {
    const runs = [aRun('weekly-1', { isDeleting: true })];
    expect(due('Forbid', runs).status.pending).toBeDefined();
  });
});

describe('a schedule that can start nothing says so at once', () => {
  const told = (
    spec: Parameters<typeof aSchedule>[0],
    rest: Partial<ScheduleState> = {},
  ) => recorded(stateOf(aSchedule(spec), rest), minutes(-24 * 60));

  it.each([
    [{ schedule: '61 * * * *' }, 'InvalidSchedule'],
    [{ schedule: '0 0 30 2 *' }, 'InvalidSchedule'],
    [{ timeZone: 'Europe/Atlantis' }, 'InvalidTimeZone'],
    [{ suspend: true }, 'Suspended'],
  ])('%j: Ready is False, %s', (spec, reason) => {
    const decision = told(spec);
    expect(ready(decision)).toMatchObject({ status: 'False', reason });
    expect(decision.status.nextScheduleTime).toBeUndefined();
  });

  it('when policy would deny its runs, in the words of policy', () => {
    const policy = policySays({ allow: false, reasons: ['host x is denied'] });
    const decision = told({}, { policy });
    expect(ready(decision)).toMatchObject({
      status: 'False',
      reason: 'PolicyDenies',
      message: expect.stringContaining('host x is denied'),
    });
    expect(decision.events).toMatchObject([{ reason: 'PolicyDenies' }]);
  });

  it('when policy wants four eyes, and it names nobody', () => {
    const policy = policySays({ gate: { mode: 'human', fourEyes: true } });
    const decision = told({ requestedBy: undefined }, { policy });
    expect(ready(decision)).toMatchObject({ reason: 'PolicyDenies' });
  });

  it('when who asks may not make workloads', () => {
    const requester = { kind: 'may-not', why: 'no rule' } as const;
    const decision = told({}, { requester });
    expect(ready(decision)).toMatchObject({
      status: 'False',
      reason: 'RequesterMayNot',
    });
    expect(decision.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'RequesterAllowed', status: 'False' }),
    );
  });

  it('and is Unknown, and keeps its due times, while policy or right can not be had', () => {
    const unavailable = { kind: 'unavailable', cause: 'no answer' } as const;
    const schedule = seen({}, until(0), minutes(1), { policy: unavailable });
    const waits = { policy: unavailable };
    expect(decideSchedule(stateOf(schedule, waits), minutes(2))).toEqual({
      type: 'wait',
      requeueAfterMs: 10_000,
    });
    const { status } = recorded(stateOf(schedule), minutes(70));
    expect(status.pending?.dueAt).toBe(stamp(minutes(60)));
  });
});

describe('what comes due while nothing may be started', () => {
  it('is told when that is over, in one line, and not started', () => {
    const schedule = seen({ suspend: true }, until(0), minutes(1));
    const still = stateOf(schedule);
    expect(decideSchedule(still, minutes(200))).toMatchObject({ type: 'wait' });
    const resumed: AgentWorkloadSchedule = {
      ...schedule,
      metadata: { ...schedule.metadata, generation: 2 },
      spec: { ...schedule.spec, suspend: false },
    };
    const decision = recorded(stateOf(resumed), minutes(200));
    expect(decision.status.pending).toBeUndefined();
    expect(reasonsOf(decision)).toEqual([['Suspended', 3]]);
    const next = recorded(stateOf(after(resumed, decision)), minutes(240));
    expect(next.status.pending?.dueAt).toBe(stamp(minutes(240)));
  });

  it('is told once a day while it lasts', () => {
    const day = 24 * 60;
    const schedule = seen({ suspend: true }, until(0), minutes(1));
    const decision = recorded(stateOf(schedule), minutes(day));
    expect(reasonsOf(decision)).toEqual([['Suspended', 24]]);
    const again = after(schedule, decision);
    const next = recorded(stateOf(again), minutes(2 * day));
    expect(reasonsOf(next)).toEqual([['Suspended', 48]]);
  });
});

describe('another schedule', () => {
  it('counts from now on, and what came due by the old one has a reason', () => {
    const schedule = aSchedule({ schedule: '30 * * * *' }, until(0));
    const decision = recorded(stateOf(schedule), minutes(100));
    expect(decision.status.pending).toBeUndefined();
    expect(reasonsOf(decision)).toEqual([['ScheduleChanged', 1]]);
    expect(decision.status.following).toEqual({
      schedule: '30 * * * *',
      timeZone: 'Etc/UTC',
      until: stamp(minutes(100)),
    });
    expect(decision.status.nextScheduleTime).toBe(stamp(minutes(150)));
  });
});

describe('a clock that is set back', () => {
  it('by less than a day starts nothing twice', () => {
    const schedule = seen({}, until(180), minutes(181));
    expect(decideSchedule(stateOf(schedule), minutes(60))).toEqual({
      type: 'wait',
      requeueAfterMs: 3 * 3_600_000,
    });
  });

  it('by more than a day goes on from where it stands, and says so', () => {
    const schedule = seen({}, until(5 * 24 * 60), minutes(5 * 24 * 60));
    const decision = recorded(stateOf(schedule), minutes(90));
    expect(decision.status.following?.until).toBe(stamp(minutes(90)));
    expect(decision.events).toMatchObject([{ reason: 'ClockSetBack' }]);
  });

  it('makes no run a second time', () => {
    const runs = [anEndedRun(`weekly-${at1400}`, minutes(130))];
    const schedule = seen({}, until(90), minutes(91), { runs });
    const { status } = recorded(stateOf(schedule, { runs }), minutes(120));
    expect(status.pending).toBeUndefined();
    expect(status.following?.until).toBe(stamp(minutes(120)));
  });
});

describe('run now', () => {
  it('starts one run for a token, also while it is suspended', () => {
    for (const suspend of [false, true]) {
      const schedule = aSchedule({ runNow: 'one', suspend }, until(60));
      const { status } = recorded(stateOf(schedule), minutes(61));
      expect(status.pending).toMatchObject({
        name: expect.stringMatching(/^weekly-now-[0-9a-f]{7}$/),
        token: 'one',
        dueAt: stamp(minutes(61)),
      });
      const made = recorded(
        stateOf(after(schedule, { status }), {
          pendingRun: { kind: 'present', value: { scheduleUid: SCHEDULE_UID } },
        }),
        minutes(62),
      );
      expect(made.status.lastRunNow).toMatchObject({
        token: 'one',
        run: status.pending?.name,
      });
      expect(made.status.lastScheduleTime).toBeUndefined();
      const done = after(schedule, made);
      expect(decideSchedule(stateOf(done), minutes(62))).toMatchObject({
        type: 'wait',
      });
    }
  });

  it('set to an earlier value again names the run of then, and cancels nothing', () => {
    const first = aSchedule({ runNow: 'one' }, until(60));
    const { name } = recorded(stateOf(first), minutes(61)).status.pending as {
      name: string;
    };
    const again = aSchedule(
      { runNow: 'one', concurrencyPolicy: 'Replace' },
      {
        ...until(60),
        lastRunNow: { token: 'two', at: stamp(minutes(62)), run: 'x' },
      },
    );
    for (const run of [aRun(name), anEndedRun(name, minutes(65))]) {
      const runs = [aRun('weekly-1'), run];
      const { status, events } = recorded(
        stateOf(again, { runs }),
        minutes(70),
      );
      expect(status.pending).toBeUndefined();
      expect(status.lastRunNow).toEqual({
        token: 'one',
        at: stamp(minutes(70)),
        run: name,
      });
      expect(events).toEqual([]);
    }
  });

  it('has nothing cancelled for itself', () => {
    const schedule = aSchedule({ runNow: 'one' }, until(60));
    const { status } = recorded(stateOf(schedule), minutes(61));
    const pending = { ...status.pending, replaces: [status.pending?.name] };
    const itself = after(schedule, {
      status: { ...status, pending } as Status,
    });
    const there = recorded(
      stateOf(itself, {
        runs: [aRun(String(status.pending?.name))],
        pendingRun: { kind: 'present', value: { scheduleUid: SCHEDULE_UID } },
      }),
      minutes(62),
    );
    expect(there.status.lastRunNow?.token).toBe('one');
    expect(there.events[0]?.note).not.toContain('in place of');
  });

  it('is asked again soon where policy can not be had, also while it is suspended', () => {
    const rest = {
      policy: { kind: 'unavailable', cause: 'no answer' },
    } as const;
    const spec = { runNow: 'one', suspend: true };
    const schedule = seen(spec, until(60), minutes(61), rest);
    expect(decideSchedule(stateOf(schedule, rest), minutes(62))).toEqual({
      type: 'wait',
      requeueAfterMs: 10_000,
    });
  });

  it('is answered with a reason where an earlier run goes on', () => {
    const runs = [aRun('weekly-1')];
    const schedule = aSchedule({ runNow: 'one' }, until(60));
    const decision = recorded(stateOf(schedule, { runs }), minutes(61));
    expect(decision.status.lastRunNow).toMatchObject({
      token: 'one',
      reason: 'StillRunning',
    });
    const done = after(schedule, decision);
    expect(decideSchedule(stateOf(done, { runs }), minutes(61))).toMatchObject({
      type: 'wait',
    });
  });

  it('is answered with a reason where policy would deny it', () => {
    const policy = policySays({ allow: false, reasons: ['no'] });
    const schedule = aSchedule({ runNow: 'one' }, until(60));
    const decision = recorded(stateOf(schedule, { policy }), minutes(61));
    expect(decision.status.lastRunNow?.reason).toBe('PolicyDenies');
  });

  it('of another token, set before the run was made, gives up the first', () => {
    const first = aSchedule({ runNow: 'one' }, until(60));
    const pending = after(first, recorded(stateOf(first), minutes(61)));
    const second: AgentWorkloadSchedule = {
      ...pending,
      metadata: { ...pending.metadata, generation: 2 },
      spec: { ...pending.spec, runNow: 'two' },
    };
    const given = recorded(stateOf(second), minutes(61));
    expect(given.status.lastRunNow).toMatchObject({
      token: 'one',
      reason: 'ScheduleChanged',
    });
    const next = recorded(stateOf(after(second, given)), minutes(61));
    expect(next.status.pending?.token).toBe('two');
  });

  it('keeps no due time from its run', () => {
    const schedule = aSchedule({ runNow: 'one' }, until(60));
    const lastRunNow = { token: 'one', at: stamp(minutes(110)), run: 'x' };
    const answered = after(schedule, {
      status: { ...schedule.status, lastRunNow },
    });
    const { status } = recorded(stateOf(answered), minutes(120));
    expect(status.pending?.dueAt).toBe(stamp(minutes(120)));
  });
});

describe('a run that was decided upon', () => {
  const schedule = aSchedule({}, until(0));
  const pending = after(schedule, recorded(stateOf(schedule), minutes(60)));
  const other = (generation: number, spec: Partial<typeof pending.spec>) => ({
    ...pending,
    metadata: { ...pending.metadata, generation },
    spec: { ...pending.spec, ...spec },
  });

  it('is decided upon again when the schedule has changed since', () => {
    const changed = other(2, { concurrencyPolicy: 'Allow' });
    const { status } = recorded(stateOf(changed), minutes(60));
    expect(status.pending?.generation).toBe(2);
  });

  it.each([
    ['was suspended', { suspend: true }, 'Suspended'],
    ['has another time', { schedule: '30 * * * *' }, 'ScheduleChanged'],
  ])('is given up when the schedule %s', (_what, spec, reason) => {
    const decision = recorded(stateOf(other(2, spec)), minutes(60));
    expect(decision.status.pending).toBeUndefined();
    expect(reasonsOf(decision)).toEqual([[reason, 1]]);
  });

  it('is given up when who asks has lost the right', () => {
    const requester = { kind: 'may-not', why: 'no rule' } as const;
    const decision = recorded(stateOf(pending, { requester }), minutes(60));
    expect(reasonsOf(decision)).toEqual([['RequesterMayNot', 1]]);
  });

  it('leaves a run of its name alone that is not its own', () => {
    const decision = recorded(
      stateOf(pending, { pendingRun: { kind: 'present', value: {} } }),
      minutes(60),
    );
    expect(reasonsOf(decision)).toEqual([['NameTaken', 1]]);
  });

  it('is waited for where it can not be read whether it is there', () => {
    const pendingRun = { kind: 'unreadable', cause: 'no answer' } as const;
    expect(
      decideSchedule(stateOf(pending, { pendingRun }), minutes(60)),
    ).toMatchObject({ type: 'wait' });
  });

  it('that the API server refuses is tried again until the next is due, and the reason told', () => {
    const refused = { refusal: 'exceeded quota' };
    const told = recorded(stateOf(pending, refused), minutes(61));
    expect(ready(told)).toMatchObject({
      status: 'Unknown',
      reason: 'RunNotMade',
      message: expect.stringContaining('exceeded quota'),
    });
    const known = after(pending, told);
    expect(decideSchedule(stateOf(known, refused), minutes(62))).toMatchObject({
      type: 'act',
    });
    const given = recorded(stateOf(known, refused), minutes(120));
    expect(reasonsOf(given)).toEqual([['RunNotMade', 1]]);
    const next = recorded(stateOf(after(known, given)), minutes(120));
    expect(next.status.pending?.dueAt).toBe(stamp(minutes(120)));
  });
});

describe('history', () => {
  const DAY = 24 * 60;
  const spec = { history: { completed: 1, other: 0, minAge: '7d' } };
  const deleted = (runs: ScheduleState['runs'], of = spec) => {
    const schedule = seen(of, until(0), NOON, { runs });
    const decision = decideSchedule(stateOf(schedule, { runs }), NOON);
    return decision.type === 'act'
      ? decision.actions.map(action => 'name' in action && action.name)
      : decision.type;
  };

  it('deletes what is beyond it, the oldest first', () => {
    expect(
      deleted([
        anEndedRun('weekly-3', minutes(-8 * DAY)),
        anEndedRun('weekly-2', minutes(-9 * DAY)),
        anEndedRun('weekly-1', minutes(-10 * DAY), 'Failed'),
      ]),
    ).toEqual(['weekly-1', 'weekly-2']);
  });

  it('keeps what ended within minAge, and what policy wants kept', () => {
    const kept = anEndedRun('weekly-1', minutes(-10 * DAY), 'Failed');
    const ended = { ...kept.ended, keptAtLeast: 30 * DAY * 60_000 };
    expect(
      deleted([
        anEndedRun('weekly-2', minutes(-6 * DAY), 'Failed'),
        { ...kept, ended },
      ]),
    ).toBe('wait');
  });

  it('keeps what ended in the last seven days, however short minAge is', () => {
    const hasty = { history: { completed: 1, other: 0, minAge: '1h' } };
    const runs = [
      anEndedRun('weekly-2', minutes(-6 * DAY), 'Failed'),
      anEndedRun('weekly-1', minutes(-8 * DAY), 'Failed'),
    ];
    expect(deleted(runs, hasty)).toEqual(['weekly-1']);
    expect(deleted(runs.slice(0, 1), hasty)).toBe('wait');
  });

  it('keeps what the next run, or one that goes on, is compared with', () => {
    const later = anEndedRun('weekly-3', minutes(-8 * DAY));
    const notComparable = {
      ...later,
      ended: { ...later.ended, keptAtLeast: 0, comparable: undefined },
    };
    expect(
      deleted([
        notComparable,
        anEndedRun('weekly-2', minutes(-9 * DAY)),
        anEndedRun('weekly-1', minutes(-10 * DAY)),
        aRun('weekly-4', { comparedWith: 'weekly-1' }),
      ]),
    ).toBe('wait');
  });

  it('looks again when the next one may go', () => {
    const runs = [anEndedRun('weekly-1', minutes(-7 * DAY + 30), 'Failed')];
    const schedule = seen(spec, until(0), NOON, { runs });
    expect(decideSchedule(stateOf(schedule, { runs }), NOON)).toEqual({
      type: 'wait',
      requeueAfterMs: 30 * 60_000,
    });
  });
});

describe('status', () => {
  it('tells what the next run is compared with, and how many there are', () => {
    const runs = [
      anEndedRun('weekly-1', minutes(-60)),
      anEndedRun('weekly-2', minutes(-30)),
      anEndedRun('weekly-3', minutes(-10), 'Denied'),
    ];
    const { status } = recorded(
      stateOf(aSchedule({}, until(0)), { runs }),
      minutes(1),
    );
    expect(status).toMatchObject({
      baseline: { name: 'weekly-2', completedAt: stamp(minutes(-30)) },
      lastSuccessfulTime: stamp(minutes(-30)),
      owned: { runs: 3, completed: 2 },
      active: [],
    });
  });

  it('stays as it is when nothing is new', () => {
    const schedule = seen({}, until(0), minutes(1));
    expect(decideSchedule(stateOf(schedule), minutes(5))).toEqual({
      type: 'wait',
      requeueAfterMs: 55 * 60_000,
    });
  });

  it('of a schedule that is being deleted is left alone', () => {
    const schedule = aSchedule({}, until(0));
    const deleted = {
      ...schedule,
      metadata: { ...schedule.metadata, deletionTimestamp: stamp(NOON) },
    };
    expect(decideSchedule(stateOf(deleted), minutes(600))).toEqual({
      type: 'wait',
    });
  });
});
