import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { TEMPLATE } from './builders/template';
import { FakePolicy } from './fake-policy';
import { TimedWorld } from './timed-world';

/** What policy `start` as shipped does with the counts; `policies/start_test.rego` tests that. */
function limit(most: { requester?: number; namespace?: number }): void {
  const { requester = Infinity, namespace = Infinity } = most;
  world.policy.start = ({ active }) => {
    const full = active.requester >= requester || active.namespace >= namespace;
    return FakePolicy.startAnswer({
      wait: full ? [`${active.requester}, ${active.namespace} go on`] : [],
    });
  };
}

/** Two busy cores can make days of these slow. */
jest.setTimeout(60_000);

let world: TimedWorld;
beforeEach(() => {
  world = new TimedWorld();
  world.startOperator();
});
afterEach(() => world.stop());

const by = (username: string) => ({ requestedBy: { username } });
const workflows = () => world.api.list('workflows').length;
const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `run-${index}`);
const conditionOf = (name: string) =>
  (
    world.find(name)?.status?.conditions as {
      type: string;
      status: string;
      reason: string;
      message: string;
    }[]
  ).find(({ type }) => type === 'PolicyAllowed');

describe('as many runs as may go on', () => {
  it('go on, however many are asked for at once; the others wait and say why', async () => {
    limit({ namespace: 3 });
    for (const name of names(20)) world.ask(name, by(name));
    await world.pass(10, true);
    expect(workflows()).toBe(3);
    const waiting = names(20).filter(name => world.phase(name) === 'Pending');
    expect(waiting).toHaveLength(17);
    expect(conditionOf(waiting[0] ?? '')).toMatchObject({
      status: 'Unknown',
      reason: 'LimitReached',
      message: expect.stringMatching(/waits for its turn: \d, 3 go on/),
    });
  });

  it('and when one ends the next begins, at once and without asking the API server meanwhile', async () => {
    limit({ namespace: 1 });
    world.ask('first');
    await world.pass(5, true);
    world.ask('second');
    await world.pass(5, true);
    expect(world.phase('second')).toBe('Pending');
    const before = world.api.writes.length;
    await world.pass(600);
    expect(world.api.writes).toHaveLength(before);
    world.cancel('first');
    await world.pass(3, true);
    expect(world.phase('first')).toBe('Cancelled');
    expect(workflows()).toBe(2);
  });

  it('all get their turn, whatever becomes of those before them', async () => {
    limit({ requester: 2 });
    const all = names(12);
    for (const name of all) world.ask(name, by('bob'));
    await world.pass(5, true);
    expect(workflows()).toBe(2);
    const begun = new Set<string>();
    for (let round = 0; round < 40 && begun.size < all.length; round += 1) {
      const on = all.filter(name => world.phase(name) === 'AwaitingApproval');
      const waiting = all.filter(name => world.phase(name) === 'Pending');
      expect(on.length).toBeLessThanOrEqual(2);
      on.forEach(name => begun.add(name));
      // One that goes on ends; one that waits is taken away, or gives up.
      if (on[0]) world.cancel(on[0]);
      if (round === 1 && waiting[0]) {
        world.api.delete('agentworkloads', 'agentworkloads', waiting[0]);
        begun.add(waiting[0]);
      }
      if (round === 2 && waiting[0]) {
        world.cancel(waiting[0]);
        begun.add(waiting[0]);
      }
      await world.pass(10, true);
    }
    expect(begun.size).toBe(all.length);
  });

  it('that end at once make room for as many', async () => {
    limit({ namespace: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      world.ask(name);
      await world.pass(2, true);
    }
    world.cancel('a');
    world.cancel('b');
    await world.pass(5, true);
    expect(['c', 'd', 'e'].map(name => world.phase(name))).toEqual([
      'AwaitingApproval',
      'AwaitingApproval',
      'Pending',
    ]);
  });

  it('leave their place to the next where the one whose turn it is has gone', async () => {
    limit({ namespace: 1 });
    for (const name of ['a', 'b', 'c']) {
      world.ask(name);
      await world.pass(2, true);
    }
    world.cancel('a');
    world.cancel('b');
    await world.pass(5, true);
    expect(world.phase('b')).toBe('Cancelled');
    expect(world.phase('c')).toBe('AwaitingApproval');
  });

  it('of one requester keep no other from starting', async () => {
    limit({ requester: 1 });
    world.ask('a', by('bob'));
    world.ask('b', by('bob'));
    world.ask('c', by('carol'));
    await world.pass(5, true);
    expect([world.phase('a'), world.phase('b')].sort()).toEqual([
      'AwaitingApproval',
      'Pending',
    ]);
    expect(world.phase('c')).toBe('AwaitingApproval');
  });

  it('are counted by namespace, and by requester across namespaces', async () => {
    world.api.create('workflowtemplates', 'team-b', {
      metadata: { name: 'competitor-scrape' },
      spec: TEMPLATE,
    });
    limit({ namespace: 1 });
    world.ask('a', by('bob'));
    world.ask('b', by('bob'), 'team-b');
    await world.pass(5, true);
    expect(world.phase('a')).toBe('AwaitingApproval');
    expect(world.phase('b', 'team-b')).toBe('AwaitingApproval');
    limit({ requester: 2 });
    world.ask('c', by('bob'), 'team-b');
    await world.pass(5, true);
    expect(world.phase('c', 'team-b')).toBe('Pending');
    world.cancel('a');
    await world.pass(5, true);
    expect(world.phase('c', 'team-b')).not.toBe('Pending');
  });

  it('are still counted after a restart, and who waits still gets its turn', async () => {
    limit({ namespace: 1 });
    world.ask('first');
    world.ask('second');
    await world.pass(10, true);
    world.startOperator();
    await world.pass(10, true);
    expect(workflows()).toBe(1);
    const [on, waits] =
      world.phase('first') === 'Pending'
        ? ['second', 'first']
        : ['first', 'second'];
    world.cancel(on);
    await world.pass(10, true);
    expect(world.phase(waits)).toBe('AwaitingApproval');
  });

  it('end by being deleted, too', async () => {
    limit({ namespace: 1 });
    world.ask('first');
    await world.pass(5, true);
    world.ask('second');
    await world.pass(5, true);
    world.api.delete('agentworkloads', 'agentworkloads', 'first');
    await world.pass(5, true);
    expect(world.phase('second')).toBe('AwaitingApproval');
  });

  it('are more once the policy lets them be, within minutes', async () => {
    limit({ namespace: 1 });
    world.ask('first');
    await world.pass(5, true);
    world.ask('second');
    await world.pass(5, true);
    limit({ namespace: 2 });
    await world.pass(310, true);
    expect(world.phase('second')).toBe('AwaitingApproval');
  });
});
