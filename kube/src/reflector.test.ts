import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './testing/fake-clock';
import { silentLogger, type LogLine } from './testing/silent-logger';
import { ApiError } from './errors';
import { Reflector } from './reflector';
import { Store } from './store';
import type { KubeObject, ListWatch, WatchEvent } from './types';

interface Thing extends KubeObject {
  owner?: string;
}

function thing(name: string, version: number, uid = name): Thing {
  return {
    metadata: {
      namespace: 'ns',
      name,
      uid,
      resourceVersion: String(version),
    },
    owner: name[0],
  };
}

type Feed = (WatchEvent<Thing> | ApiError | 'close')[];

/** Lists and watches that were written down beforehand; the last watch stays open. */
class Script implements ListWatch<Thing> {
  readonly calls: string[] = [];
  pages: (Thing[] | ApiError)[][] = [];
  /** Of the lists that come, 10 when there is none. */
  positions: string[] = [];
  watches: Feed[] = [];
  private page = 0;

  async list({ continueToken }: { continueToken?: string }) {
    this.calls.push(`list ${continueToken ?? ''}`.trim());
    const pages = this.pages[0] ?? [[]];
    const items = pages[this.page] ?? [];
    this.page += 1;
    if (items instanceof ApiError) {
      this.page = 0;
      this.pages.shift();
      throw items;
    }
    const last = this.page >= pages.length;
    if (last) {
      this.page = 0;
      this.pages.shift();
    }
    return {
      items,
      resourceVersion:
        (last ? this.positions.shift() : this.positions[0]) ?? '10',
      ...(last ? {} : { continue: `page-${this.page}` }),
    };
  }

  async *watch({
    resourceVersion,
    signal,
    onData,
  }: Parameters<ListWatch<Thing>['watch']>[0]) {
    this.calls.push(`watch ${resourceVersion}`);
    for (const item of this.watches.shift() ?? []) {
      if (item === 'close') return;
      if (item instanceof ApiError) throw item;
      onData();
      yield item;
    }
    await new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }
}

function reflect(script: Script, parts = {}) {
  const clock = new FakeClock();
  const store = new Store<Thing>(object => object.owner);
  const changes: string[] = [];
  const log: LogLine[] = [];
  const stop = new AbortController();
  const reflector = new Reflector<Thing, Thing>({
    name: 'things',
    source: script,
    store,
    transform: raw => {
      if (raw.metadata.name === 'bad') throw new Error('not a thing');
      return raw;
    },
    onChange: ({ before, after }) => {
      const show = (object?: Thing) =>
        object
          ? `${object.metadata.name}@${object.metadata.resourceVersion}`
          : '-';
      changes.push(`${show(before)} ${show(after)}`);
    },
    clock,
    logger: silentLogger(log),
    random: () => 0,
    ...parts,
  });
  const done = reflector.run(stop.signal);
  return { clock, store, changes, log, reflector, stop, done };
}

describe('the reflector', () => {
  it('lists page by page, then watches from there', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 1), thing('b', 2)], [thing('c', 3)]]];
    script.watches = [
      [
        { type: 'ADDED', object: thing('d', 11) },
        { type: 'MODIFIED', object: thing('a', 12) },
        { type: 'DELETED', object: thing('b', 13) },
      ],
    ];
    const { clock, store, changes, reflector } = reflect(script);
    expect(reflector.synced).toBe(false);
    await clock.advance(1);
    expect(reflector.synced).toBe(true);
    expect(script.calls).toEqual(['list', 'list page-1', 'watch 10']);
    expect(store.keys().sort()).toEqual(['ns/a', 'ns/c', 'ns/d']);
    expect(store.byIndex('a').map(({ metadata }) => metadata.name)).toEqual([
      'a',
    ]);
    expect(store.byIndex('b')).toEqual([]);
    expect(changes).toEqual([
      '- a@1',
      '- b@2',
      '- c@3',
      '- d@11',
      'a@1 a@12',
      'b@2 -',
    ]);
  });

  it('tells of each whole list, and of each failure whether a list must follow', async () => {
    const script = new Script();
    script.watches = [
      [new ApiError('expired', 410, 'Expired')],
      [new ApiError('away', 503, 'ServiceUnavailable')],
    ];
    const told: string[] = [];
    const { clock } = reflect(script, {
      observer: {
        listed: () => void told.push('listed'),
        failed: (why: string) => void told.push(why),
      },
    });
    await clock.advance(60_000);
    expect(told).toEqual(['listed', 'relist', 'listed', 'error']);
  });

  it('goes on from the last bookmark, even if nothing else came', async () => {
    const script = new Script();
    script.watches = [[{ type: 'BOOKMARK', resourceVersion: '99' }, 'close']];
    const { clock, changes } = reflect(script);
    await clock.advance(1000);
    expect(script.calls).toEqual(['list', 'watch 10', 'watch 99']);
    expect(changes).toEqual([]);
  });

  it.each([
    ['in the stream', [new ApiError('expired', 410, 'Expired')]],
    [
      'after an event',
      [
        { type: 'ADDED', object: thing('x', 11) } as const,
        new ApiError('gone', 410, 'Gone'),
      ],
    ],
  ])(
    'lists again after a 410 %s, and sees what went meanwhile',
    async (_what, feed) => {
      const script = new Script();
      script.pages = [[[thing('a', 1), thing('b', 2)]], [[thing('a', 20)]]];
      script.watches = [feed];
      const { clock, store, changes } = reflect(script);
      await clock.advance(1_000);
      expect(script.calls.slice(0, 4)).toEqual([
        'list',
        'watch 10',
        'list',
        'watch 10',
      ]);
      expect(store.keys()).toEqual(['ns/a']);
      expect(changes).toContain('b@2 -');
      expect(changes).toContain('a@1 a@20');
    },
  );

  it('says nothing about what a new list shows unchanged', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 1)]], [[thing('a', 1)]]];
    script.watches = [[new ApiError('expired', 410, 'Expired')]];
    const { clock, changes } = reflect(script);
    await clock.advance(1_000);
    expect(changes).toEqual(['- a@1']);
  });

  it('takes one that was deleted and made again for two', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 1, 'u1')]]];
    script.watches = [[{ type: 'MODIFIED', object: thing('a', 12, 'u2') }]];
    const { clock, changes } = reflect(script);
    await clock.advance(1);
    expect(changes).toEqual(['- a@1', 'a@1 -', '- a@12']);
  });

  it('comes back as soon as it is told to where nobody else waits for the server', async () => {
    const script = new Script();
    const away = new ApiError('no answer', 0, 'NoAnswer');
    script.watches = [[away], [away], [away]];
    const failureBackoff = { baseMs: 100, maxMs: 150 };
    const { clock } = reflect(script, { failureBackoff });
    await clock.advance(99);
    expect(script.calls).toHaveLength(2);
    await clock.advance(1);
    expect(script.calls).toHaveLength(3);
    await clock.advance(150);
    expect(script.calls).toHaveLength(4);
    await clock.advance(150);
    expect(script.calls).toHaveLength(5);
  });

  it('keeps its state and comes back, later each time, when the server is away', async () => {
    const script = new Script();
    const away = new ApiError('no answer', 0, 'NoAnswer');
    script.pages = [[[thing('a', 1)]]];
    script.watches = [[away], [away], [away]];
    const { clock, store, log } = reflect(script);
    await clock.advance(499);
    expect(script.calls).toHaveLength(2);
    await clock.advance(1);
    expect(script.calls).toHaveLength(3);
    await clock.advance(1000);
    expect(script.calls).toHaveLength(4);
    await clock.advance(2000);
    expect(script.calls).toEqual([
      'list',
      'watch 10',
      'watch 10',
      'watch 10',
      'watch 10',
    ]);
    expect(store.size).toBe(1);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(3);
  });

  it('is not synced by a first list that fails, and tries until it succeeds', async () => {
    const script = new Script();
    script.pages = [
      [new ApiError('unavailable', 503, '')],
      [[thing('a', 1)], new ApiError('unavailable', 503, '')],
      [[thing('a', 1)]],
    ];
    const { clock, reflector } = reflect(script);
    await clock.advance(100);
    expect(reflector.synced).toBe(false);
    await clock.advance(2000);
    expect(reflector.synced).toBe(true);
  });

  it('waits as long as Retry-After says', async () => {
    const script = new Script();
    script.pages = [[new ApiError('slow down', 429, '', 20_000)]];
    const { clock } = reflect(script);
    await clock.advance(19_999);
    expect(script.calls).toHaveLength(1);
    await clock.advance(1);
    expect(script.calls).toHaveLength(3);
  });

  it('takes a silent watch for dead and watches anew, without a word', async () => {
    const script = new Script();
    const { clock, log, reflector } = reflect(script, { idleMs: 90_000 });
    await clock.advance(89_999);
    expect(script.calls).toEqual(['list', 'watch 10']);
    expect(reflector.silentForMs).toBe(89_999);
    await clock.advance(1);
    // One look at where the server is, then on from where we were.
    expect(script.calls).toEqual(['list', 'watch 10', 'list', 'watch 10']);
    expect(log).toEqual([]);
  });

  it('does not ask in a tight loop when each watch is closed at once', async () => {
    const script = new Script();
    script.watches = Array.from({ length: 50 }, () => ['close' as const]);
    const { clock } = reflect(script);
    await clock.advance(1000);
    expect(script.calls.length).toBeLessThanOrEqual(7);
  });

  it('passes over what it cannot read', async () => {
    const script = new Script();
    script.pages = [[[thing('bad', 1), thing('a', 2)]]];
    const { clock, store, log } = reflect(script);
    await clock.advance(1);
    expect(store.keys()).toEqual(['ns/a']);
    expect(log).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('leaves what other namespaces put into a shared store', async () => {
    const script = new Script();
    const { clock, store } = reflect(script, { namespace: 'ns' });
    store.set({ metadata: { namespace: 'other', name: 'x' } });
    store.set({ metadata: { namespace: 'ns', name: 'old' } });
    await clock.advance(1);
    expect(store.keys()).toEqual(['other/x']);
  });

  it('ends when it is told to', async () => {
    const script = new Script();
    const { clock, stop, done } = reflect(script);
    await clock.advance(1);
    stop.abort();
    await done;
    expect(clock.pending).toBe(0);
  });
});

describe('objects of several moments', () => {
  it('keeps what is newer than an event that comes late', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 5)]]];
    script.watches = [[{ type: 'MODIFIED', object: thing('a', 11) }]];
    const { clock, store, changes } = reflect(script);
    store.put(thing('a', 12));
    await clock.advance(1);
    expect(store.get('ns/a')?.metadata.resourceVersion).toBe('12');
    expect(changes).toEqual([]);
  });

  it('keeps an object whose dead namesake is reported late', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 9, 'second')]]];
    script.watches = [[{ type: 'DELETED', object: thing('a', 11, 'first') }]];
    const { clock, store } = reflect(script);
    await clock.advance(1);
    expect(store.get('ns/a')?.metadata.uid).toBe('second');
  });

  it('follows a server that was restored from a backup', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 40)]], [[thing('a', 5)]]];
    script.positions = ['50', '7'];
    script.watches = [[new ApiError('gone', 410, 'Expired')]];
    const { clock, store, changes } = reflect(script);
    await clock.advance(60_000);
    expect(store.get('ns/a')?.metadata.resourceVersion).toBe('5');
    expect(changes).toEqual(['- a@40', 'a@40 a@5']);
    expect(script.calls).toEqual(['list', 'watch 50', 'list', 'watch 7']);
  });

  it.each([
    ['a bookmark of the past', { type: 'BOOKMARK', resourceVersion: '7' }],
    [
      'a position that is too large',
      new ApiError('Too large resource version: 50', 504, 'Timeout'),
    ],
  ] as const)('sees it by %s', async (_how, sign) => {
    const script = new Script();
    script.pages = [[[thing('a', 40)]], [[thing('a', 5)]]];
    script.positions = ['50', '7'];
    script.watches = [[sign]];
    const { clock, store } = reflect(script);
    await clock.advance(5_000);
    expect(store.get('ns/a')?.metadata.resourceVersion).toBe('5');
  });

  it('sees it by its silence', async () => {
    const script = new Script();
    script.pages = [[[thing('a', 40)]], [[]], [[thing('a', 5)]]];
    script.positions = ['50', '7', '7'];
    const { clock, store } = reflect(script, { idleMs: 10_000 });
    await clock.advance(20_000);
    expect(store.get('ns/a')?.metadata.resourceVersion).toBe('5');
  });

  it('does not list again because nothing happens', async () => {
    const script = new Script();
    script.positions = ['50', '50', '50'];
    const { clock, reflector } = reflect(script, { idleMs: 10_000 });
    await clock.advance(25_000);
    expect(script.calls).toEqual([
      'list',
      'watch 50',
      'list',
      'watch 50',
      'list',
      'watch 50',
    ]);
    expect(reflector.silentForMs).toBeLessThan(10_001);
  });
});

describe('a server that can not be followed', () => {
  it('is not asked for a list as often as it says that one is needed', async () => {
    const script = new Script();
    script.watches = Array.from({ length: 100 }, () => [
      new ApiError('gone', 410, 'Expired'),
    ]);
    const { clock } = reflect(script);
    await clock.advance(60_000);
    const lists = script.calls.filter(call => call === 'list').length;
    expect(lists).toBeGreaterThan(4);
    expect(lists).toBeLessThan(9);
  });

  it('spreads the lists of those who were told at the same time', async () => {
    const script = new Script();
    script.watches = [[new ApiError('gone', 410, 'Expired')]];
    const { clock } = reflect(script, { random: () => 0.999 });
    await clock.advance(1_100);
    expect(script.calls).toEqual(['list', 'watch 10']);
    await clock.advance(200);
    expect(script.calls).toEqual(['list', 'watch 10', 'list', 'watch 10']);
  });

  it('says so, however quickly it refuses', async () => {
    const script = new Script();
    script.watches = Array.from({ length: 100 }, () => [
      new ApiError('forbidden', 403, 'Forbidden'),
    ]);
    const { clock, reflector } = reflect(script);
    expect(reflector.failing).toBeUndefined();
    await clock.advance(60_000);
    expect(reflector.failing).toBe('forbidden');
    expect(reflector.silentForMs).toBeGreaterThan(59_000);
    script.watches = [[{ type: 'BOOKMARK', resourceVersion: '11' }]];
    await clock.advance(60_000);
    expect(reflector.failing).toBeUndefined();
  });
});
