import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeClock, settle } from './testing/fake-clock';
import { DelayHeap } from './delay-heap';
import { WorkQueue } from './work-queue';

function queue() {
  const clock = new FakeClock();
  return { clock, queue: new WorkQueue(clock, { baseMs: 10, maxMs: 1000 }) };
}

describe('the work queue', () => {
  it('tells how long a key waited and was worked on, from when it was added last', async () => {
    const clock = new FakeClock();
    const told: [string, number][] = [];
    const q = new WorkQueue(clock, undefined, {
      added: () => undefined,
      retried: () => undefined,
      taken: ms => void told.push(['waited', ms]),
      done: ms => void told.push(['worked', ms]),
    });
    q.add('a');
    await clock.advance(100);
    await q.take();
    await clock.advance(30);
    q.add('a');
    await clock.advance(20);
    expect(q.inWorkMs()).toEqual([50]);
    q.done('a');
    await q.take();
    expect(told).toEqual([
      ['waited', 100],
      ['worked', 50],
      ['waited', 20],
    ]);
  });

  it('hands out keys in the order in which they came, each once', async () => {
    const { queue: q } = queue();
    for (const key of ['a', 'b', 'a', 'a']) q.add(key);
    expect(q.length).toBe(2);
    expect([await q.take(), await q.take()]).toEqual(['a', 'b']);
  });

  it('brings back a key that was added while it was worked on, not sooner', async () => {
    const { queue: q } = queue();
    q.add('a');
    await q.take();
    q.add('a');
    q.add('a');
    expect(q.length).toBe(0);
    q.done('a');
    expect(q.length).toBe(1);
    expect(await q.take()).toBe('a');
    q.done('a');
    expect(q.length).toBe(0);
    expect(q.active).toBe(0);
  });

  it('wakes a worker that waits', async () => {
    const { queue: q } = queue();
    const taken = q.take();
    q.add('a');
    expect(await taken).toBe('a');
    q.add('a');
    expect(q.length).toBe(0);
  });

  it('adds later, at the earliest of the times that were asked for', async () => {
    const { clock, queue: q } = queue();
    q.addAfter('a', 500);
    q.addAfter('a', 100);
    q.addAfter('a', 900);
    q.addAfter('b', 50);
    await clock.advance(99);
    expect(q.length).toBe(1);
    await clock.advance(1);
    expect(q.length).toBe(2);
    expect([await q.take(), await q.take()]).toEqual(['b', 'a']);
    q.done('a');
    await clock.advance(2000);
    expect(q.length).toBe(0);
  });

  it('adds at once what is due', () => {
    const { queue: q } = queue();
    q.addAfter('a', 0);
    expect(q.length).toBe(1);
  });

  it('waits longer with each failure of a key, until it is forgotten', () => {
    const { queue: q } = queue();
    const delays = Array.from({ length: 9 }, () => q.addRateLimited('a'));
    expect(delays).toEqual([10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
    expect(q.addRateLimited('b')).toBe(10);
    q.forget('a');
    expect(q.addRateLimited('a')).toBe(10);
    expect(q.addRateLimited('c', 700)).toBe(700);
  });

  it('lets its workers go when it closes, and takes nothing more', async () => {
    const { clock, queue: q } = queue();
    const taken = q.take();
    q.addAfter('later', 10);
    q.close();
    expect(await taken).toBeUndefined();
    q.add('a');
    q.addAfter('b', 1);
    await clock.advance(100);
    expect(q.length).toBe(0);
    expect(await q.take()).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it('never gives one key to two workers, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        async (keys, workers) => {
          const { queue: q } = queue();
          const busy = new Set<string>();
          const seen = new Map<string, number>();
          const work = async () => {
            for (;;) {
              const key = await q.take();
              if (key === undefined) return;
              expect(busy.has(key)).toBe(false);
              busy.add(key);
              await Promise.resolve();
              seen.set(key, (seen.get(key) ?? 0) + 1);
              busy.delete(key);
              q.done(key);
            }
          };
          const running = Array.from({ length: workers }, work);
          for (const key of keys) {
            q.add(key);
            await Promise.resolve();
          }
          await settle();
          await settle();
          q.close();
          await Promise.all(running);
          expect([...seen.keys()].sort()).toEqual([...new Set(keys)].sort());
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the delay heap', () => {
  it('gives keys back in order of their earliest time', () => {
    const pushes = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(100)),
    );
    fc.assert(
      fc.property(pushes, fc.nat(100), (entries, now) => {
        const heap = new DelayHeap();
        const earliest = new Map<string, number>();
        for (const [key, due] of entries) {
          heap.push(key, due);
          earliest.set(key, Math.min(due, earliest.get(key) ?? Infinity));
        }
        const due = heap.popDue(now).map(key => earliest.get(key) ?? NaN);
        const expected = [...earliest.values()]
          .filter(time => time <= now)
          .sort((a, b) => a - b);
        expect(due).toEqual(expected);
        const rest = [...earliest.values()].filter(time => time > now);
        expect(heap.earliest()).toBe(
          rest.length ? Math.min(...rest) : undefined,
        );
      }),
    );
  });
});
