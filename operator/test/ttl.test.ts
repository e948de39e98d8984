import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { FakePolicy } from './fake-policy';
import { TimedWorld } from './timed-world';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Two busy cores can make days of these slow. */
jest.setTimeout(60_000);

let world: TimedWorld;
beforeEach(() => {
  world = new TimedWorld();
});
afterEach(() => world.stop());

const deletes = () =>
  world.api.writes.filter(({ request }) => request.method === 'DELETE');

/** Days without an operator, and a while with a new one. */
async function sleep(days: number): Promise<void> {
  world.stop();
  world.clock.setWall(days * DAY * 1000);
  world.startOperator();
  await world.pass(300);
}

/** Has the operator look at it. */
function touch(): void {
  world.api.change('agentworkloads', 'agentworkloads', 'old', object => {
    object.metadata.labels = { touched: String(world.clock.now()) };
  });
}

/** A run that was cancelled at once, and so has ended. */
async function ended(ttlAfterFinished?: string): Promise<void> {
  world.startOperator();
  world.ask('old', ttlAfterFinished ? { ttlAfterFinished } : {});
  await world.pass(5, true);
  world.cancel('old');
  await world.pass(60, true);
  expect(world.phase('old')).toBe('Cancelled');
}

describe('a run that has ended', () => {
  it('is deleted when its time is over, with its Workflow', async () => {
    await ended('2d');
    expect(world.find('old')?.status?.finishedAt).toMatch(
      /^2026-03-02T10:00:0\dZ$/,
    );
    await world.pass(2 * DAY - 2 * HOUR);
    expect(world.find('old')).toBeDefined();
    expect(world.api.list('workflows')).toHaveLength(1);
    await world.pass(2 * HOUR + 120);
    expect(world.find('old')).toBeUndefined();
    expect(world.api.list('workflows')).toEqual([]);
    expect(deletes()).toHaveLength(1);
  });

  it('is read once before it is deleted, though it waits for a minute after its time', async () => {
    await ended('1h');
    const asked: string[] = [];
    world.startOperator().fault = ({ method, name }) => {
      if (name === 'old') asked.push(method);
      return undefined;
    };
    await world.pass(HOUR - 120);
    expect(asked).toEqual([]);
    await world.pass(300);
    expect(world.find('old')).toBeUndefined();
    expect(asked).toEqual(['GET', 'DELETE']);
  });

  it('is kept for 90 days when nothing else is asked for', async () => {
    await ended();
    await sleep(89);
    expect(world.find('old')).toBeDefined();
    await sleep(1);
    expect(world.find('old')).toBeUndefined();
  });

  it('that was denied is kept as policy has it, not as it asked', async () => {
    world.policy.start = FakePolicy.startAnswer({
      allow: false,
      reasons: ['no'],
      kept: { atLeastSeconds: 2 * DAY, atMostSeconds: 10 * DAY },
    });
    world.startOperator();
    world.ask('old', { ttlAfterFinished: '1h' });
    world.ask('for-ever', { ttlAfterFinished: '9999d' });
    await world.pass(5, true);
    expect(world.phase('old')).toBe('PolicyDenied');
    await sleep(1);
    expect(world.find('old')).toBeDefined();
    await sleep(1);
    expect(world.find('old')).toBeUndefined();
    await sleep(7);
    expect(world.find('for-ever')).toBeDefined();
    await sleep(1);
    expect(world.find('for-ever')).toBeUndefined();
  });

  it('that policy never saw is kept for the default, not as it asked', async () => {
    world.startOperator();
    world.ask('old', { ttlAfterFinished: '1h', cancel: true });
    await world.pass(60, true);
    expect(world.phase('old')).toBe('Cancelled');
    await sleep(89);
    expect(world.find('old')).toBeDefined();
    await sleep(1);
    expect(world.find('old')).toBeUndefined();
  });

  it('is deleted by an operator that was away when its time was over', async () => {
    await ended('1h');
    world.stop();
    await world.pass(3 * DAY);
    expect(world.find('old')).toBeDefined();
    world.startOperator();
    await world.pass(120);
    expect(world.find('old')).toBeUndefined();
  });

  it('that ended before its end was recorded is kept as long from what Ready says', async () => {
    await ended('2h');
    world.api.change('agentworkloads', 'agentworkloads', 'old', object => {
      const { finishedAt: _unknown, ...rest } = object.status ?? {};
      object.status = rest;
    });
    await world.pass(HOUR);
    expect(world.find('old')).toBeDefined();
    await world.pass(HOUR + 120);
    expect(world.find('old')).toBeUndefined();
  });

  it('is not deleted for a jump of the clock that is taken back', async () => {
    await ended('30d');
    world.clock.setWall(60 * DAY * 1000);
    touch();
    await world.pass(30);
    world.clock.setWall(-60 * DAY * 1000);
    await world.pass(DAY);
    expect(deletes()).toEqual([]);
    world.clock.setWall(60 * DAY * 1000);
    touch();
    await world.pass(90);
    expect(world.find('old')).toBeUndefined();
  });

  it('is kept longer, and not for ever, by a clock that is set back', async () => {
    await ended('2d');
    world.clock.setWall(-DAY * 1000);
    await world.pass(2 * DAY + HOUR);
    expect(world.find('old')).toBeDefined();
    await world.pass(DAY + 7 * HOUR);
    expect(world.find('old')).toBeUndefined();
  });

  it('that somebody changes in the same moment is looked at again before it is deleted', async () => {
    await ended('1h');
    let refused = 0;
    world.startOperator().fault = ({ method, kind }) => {
      if (method !== 'DELETE' || kind !== 'agentworkloads' || refused > 0) {
        return undefined;
      }
      refused += 1;
      world.api.change('agentworkloads', 'agentworkloads', 'old', object => {
        object.metadata.labels = { kept: 'no' };
      });
      return undefined;
    };
    await world.pass(2 * HOUR);
    expect(refused).toBe(1);
    expect(deletes()).toHaveLength(1);
    expect(world.find('old')).toBeUndefined();
  });

  it('leaves a new one of the same name alone', async () => {
    await ended('1h');
    world.stop();
    world.api.delete('agentworkloads', 'agentworkloads', 'old');
    world.ask('old');
    world.startOperator();
    await world.pass(2 * HOUR);
    expect(deletes()).toEqual([]);
    expect(world.find('old')).toBeDefined();
  });
});

describe('a run that goes on', () => {
  it('is never deleted, however old it is', async () => {
    world.startOperator();
    world.ask('waits', {
      ttlAfterFinished: '1h',
      timeouts: { suspendGate: '9000h', execution: '9999h' },
    });
    await world.pass(10, true);
    expect(world.phase('waits')).toBe('AwaitingApproval');
    await sleep(200);
    expect(world.phase('waits')).toBe('AwaitingApproval');
    expect(deletes()).toEqual([]);
  });
});
