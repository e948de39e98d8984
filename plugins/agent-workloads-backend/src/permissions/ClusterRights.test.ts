import { ApiError } from '@agentworkloads/kube';
import { ClusterRights } from './ClusterRights';

const bob = { username: 'bob', groups: ['b', 'a'] };
const place = { cluster: 'local', namespace: 'team-b' };
const question = { verb: 'get', namespace: 'team-b' } as const;

/** A cluster that answers as told and remembers how often it was asked. */
function setUp() {
  const state = {
    now: 0,
    asked: 0,
    answer: (): boolean | undefined => true,
  };
  const client = {
    async mayI() {
      state.asked += 1;
      return state.answer();
    },
  };
  const rights = new ClusterRights(
    { get: () => ({ name: 'local', client }) } as never,
    () => state.now,
  );
  return { rights, state };
}

function failing(status: number) {
  return () => {
    throw new ApiError('no', status, '');
  };
}

describe('what the cluster lets a person do', () => {
  it('is asked once a minute, and once for all who ask at the same time', async () => {
    const { rights, state } = setUp();
    await Promise.all([
      rights.may(bob, 'local', question),
      rights.may({ ...bob, groups: ['a', 'b'] }, 'local', question),
    ]);
    state.now = 59_999;
    state.answer = () => false;
    expect(await rights.may(bob, 'local', question)).toBe(true);
    expect(state.asked).toBe(1);
    state.now = 60_000;
    expect(await rights.may(bob, 'local', question)).toBe(false);
    expect(state.asked).toBe(2);
  });

  it.each([
    ['another person', { ...bob, username: 'eve' }, question],
    ['another group', { ...bob, groups: ['a'] }, question],
    ['another namespace', bob, { ...question, namespace: 'team-a' }],
    ['another verb', bob, { ...question, verb: 'patch' as const }],
    ['another object', bob, { ...question, name: 'x' }],
    ['another kind', bob, { ...question, resource: 'agentworkloadschedules' }],
  ])('is another question for %s', async (_what, person, other) => {
    const { rights, state } = setUp();
    await rights.may(bob, 'local', question);
    state.answer = () => false;
    expect(await rights.may(person, 'local', other)).toBe(false);
  });

  it('is the last word for ten minutes while the cluster is away, and nothing after that', async () => {
    const { rights, state } = setUp();
    await rights.readable(bob, [place]);
    state.answer = failing(0);
    state.now = 599_999;
    expect((await rights.readable(bob, [place])).has(place)).toBe(true);
    state.now = 600_000;
    const readable = await rights.readable(bob, [place]);
    expect(readable.has(place)).toBe(false);
    expect(readable.problems.get('local')).toMatch(/can't be asked/);
  });

  it.each([
    ['says no', () => false],
    ['knows no such question', () => undefined],
    ['is away', failing(0)],
    ['fails', failing(500)],
    ['does not know the account', failing(401)],
    ['does not let the portal act as them', failing(403)],
  ])('is nothing where the cluster %s', async (_what, answer) => {
    const { rights, state } = setUp();
    state.answer = answer;
    expect((await rights.readable(bob, [place])).has(place)).toBe(false);
  });

  it('says that the portal may not act as somebody', async () => {
    const { rights, state } = setUp();
    state.answer = failing(403);
    const { problems } = await rights.readable(bob, [place]);
    expect(problems.get('local')).toMatch(
      /may not act as "bob".*list of people/,
    );
  });

  it('holds only for the places that were asked about', async () => {
    const { rights } = setUp();
    const readable = await rights.readable(bob, [place]);
    expect(readable.has(place)).toBe(true);
    expect(readable.has({ ...place, namespace: 'team-a' })).toBe(false);
    expect(readable.has({ ...place, cluster: 'other' })).toBe(false);
  });
});
