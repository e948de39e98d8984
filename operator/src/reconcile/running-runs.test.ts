import { describe, expect, it } from '@jest/globals';
import type { CachedWorkload } from './cached';
import { RunningRuns } from './running-runs';

const NONE = { requester: 0, namespace: 0 };

function meta(uid: string, namespace = 'team-a') {
  return { name: uid, namespace, uid, resourceVersion: '1' };
}

const running = (uid: string, requester = 'bob', namespace = 'team-a') =>
  ({
    metadata: meta(uid, namespace),
    running: { requester },
  } as CachedWorkload);
const ended = (uid: string) =>
  ({ metadata: meta(uid), ended: {} } as CachedWorkload);
const pending = (uid: string) => ({ metadata: meta(uid) } as CachedWorkload);

function ledger() {
  const woken: string[] = [];
  const runs = new RunningRuns(key => woken.push(key));
  const queue = (uid: string, requester = 'bob', namespace = 'team-a') =>
    runs.queue(uid, {
      key: `${namespace}/${uid}`,
      namespace,
      requester,
      createdAt: uid,
    });
  return { runs, woken, queue };
}

const place = (requester = 'bob', namespace = 'team-a') => ({
  requester,
  namespace,
});

describe('what goes on', () => {
  it('is counted by requester and by namespace, itself aside', () => {
    const { runs } = ledger();
    runs.saw(undefined, running('a', 'bob'));
    runs.saw(undefined, running('b', 'carol'));
    runs.saw(undefined, running('c', 'bob', 'team-b'));
    expect(runs.beside('x', place('bob'))).toEqual({
      requester: 2,
      namespace: 2,
    });
    expect(runs.beside('a', place('bob'))).toEqual({
      requester: 1,
      namespace: 1,
    });
  });

  it('is counted by namespace where it names nobody: it is no person’s of all namespaces', () => {
    const { runs } = ledger();
    runs.saw(undefined, running('a', ''));
    runs.saw(undefined, running('b', '', 'team-b'));
    runs.saw(undefined, running('c', ''));
    runs.saw(undefined, running('d', 'team-a'));
    expect(runs.beside('x', place(''))).toEqual({
      requester: 2,
      namespace: 3,
    });
    expect(runs.beside('x', place('', 'team-b')).requester).toBe(1);
    expect(runs.beside('x', place('team-a', 'team-b')).requester).toBe(1);
  });

  it('takes in who was let through before its status says so, once', () => {
    const { runs } = ledger();
    expect(runs.claim('a', place(), NONE)).toBe(true);
    expect(runs.claim('b', place(), NONE)).toBe(false);
    runs.saw(undefined, pending('a'));
    expect(runs.beside('b', place()).namespace).toBe(1);
    runs.saw(pending('a'), running('a'));
    expect(runs.beside('b', place()).namespace).toBe(1);
    runs.saw(running('a'), ended('a'));
    expect(runs.beside('b', place())).toEqual(NONE);
  });

  it('forgets who is gone, and who ended before its start was written', () => {
    const { runs } = ledger();
    runs.claim('a', place(), NONE);
    runs.saw(pending('a'));
    expect(runs.beside('x', place())).toEqual(NONE);
    runs.claim('b', place(), NONE);
    runs.saw(pending('b'), ended('b'));
    expect(runs.beside('x', place())).toEqual(NONE);
  });

  it('holds a namesake for another run', () => {
    const { runs } = ledger();
    runs.saw(undefined, running('a'));
    runs.saw(running('a'), running('a2'));
    expect(runs.beside('x', place()).namespace).toBe(1);
  });
});

describe('who waits', () => {
  it('is woken, the oldest of each requester in each namespace, when one ends', () => {
    const { runs, woken, queue } = ledger();
    runs.saw(undefined, running('r'));
    queue('2');
    queue('1');
    queue('3', 'carol');
    queue('4', 'dave', 'team-b');
    queue('5', 'bob', 'team-b');
    runs.saw(running('r'), ended('r'));
    expect(woken.sort()).toEqual(['team-a/1', 'team-a/3', 'team-b/5']);
  });

  it('and names nobody is woken by the end of one in its own namespace', () => {
    const { runs, woken, queue } = ledger();
    runs.saw(undefined, running('r', ''));
    queue('1', '', 'team-a');
    queue('2', '', 'team-b');
    runs.saw(running('r', ''), ended('r'));
    expect(woken).toEqual(['team-a/1']);
  });

  it('wakes the next when it gives back a place and waits on', () => {
    const { runs, woken, queue } = ledger();
    runs.claim('1', place(), NONE);
    queue('1');
    queue('2', 'carol');
    runs.release('1');
    expect(woken.sort()).toEqual(['team-a/1', 'team-a/2']);
    expect(runs.beside('x', place())).toEqual(NONE);
  });

  it('hands the call on when it leaves, for two may have ended', () => {
    const { runs, woken, queue } = ledger();
    runs.saw(undefined, running('r'));
    runs.saw(undefined, running('s'));
    queue('1');
    queue('2');
    runs.saw(running('r'), ended('r'));
    runs.saw(running('s'), ended('s'));
    expect(woken).toEqual(['team-a/1', 'team-a/1']);
    runs.claim('1', place(), NONE);
    expect(woken.at(-1)).toBe('team-a/2');
  });

  it.each([
    ['is deleted', (runs: RunningRuns) => runs.saw(pending('1'))],
    ['ends', (runs: RunningRuns) => runs.saw(pending('1'), ended('1'))],
    ['is denied', (runs: RunningRuns) => runs.giveUp('1')],
  ])('hands the call on when it %s', (_how, leaves) => {
    const { runs, woken, queue } = ledger();
    queue('1');
    queue('2');
    leaves(runs);
    expect(woken).toEqual(['team-a/2']);
  });
});
