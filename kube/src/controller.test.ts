import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './testing/fake-clock';
import { silentLogger, type LogLine } from './testing/silent-logger';
import { ApiError } from './errors';
import { Controller, type Reconcile } from './controller';

function controllerOf(reconcile: Reconcile, parts = {}) {
  const clock = new FakeClock();
  const log: LogLine[] = [];
  const controller = new Controller({
    name: 'things',
    reconcile,
    clock,
    logger: silentLogger(log),
    random: () => 0,
    ...parts,
  });
  controller.start();
  return { clock, log, controller };
}

describe('the controller', () => {
  it('tells how its passes end, and how long keys wait and are worked on', async () => {
    const told: unknown[][] = [];
    const note =
      (what: string) =>
      (...values: unknown[]) =>
        void told.push([what, ...values]);
    let passes = 0;
    const { clock, controller } = controllerOf(
      async () => {
        passes += 1;
        if (passes === 1) throw new Error('no luck');
        return passes === 2 ? { requeueAfterMs: 500 } : {};
      },
      {
        observer: {
          added: note('added'),
          retried: note('retried'),
          taken: note('taken'),
          done: note('done'),
          passed: note('passed'),
        },
      },
    );
    controller.queue.add('a');
    await clock.advance(1_000);
    const results = told.filter(([what]) => what === 'passed');
    expect(results).toEqual([
      ['passed', 'error', 0],
      ['passed', 'requeue_after', 0],
      ['passed', 'success', 0],
    ]);
    expect(told.filter(([what]) => what === 'retried')).toHaveLength(1);
    for (const what of ['added', 'taken', 'done'])
      expect(told.filter(([one]) => one === what)).toHaveLength(3);
    expect(controller.queue.inWorkMs()).toEqual([]);
  });

  it('looks again when a pass asks for it', async () => {
    const passes: number[] = [];
    const { clock, controller } = controllerOf(async () => {
      passes.push(clock.now());
      return passes.length < 3 ? { requeueAfterMs: 1000 } : {};
    });
    controller.queue.add('a');
    await clock.advance(10_000);
    expect(passes).toEqual([0, 1000, 2000]);
  });

  it('tries again after a failure, later each time, and recovers', async () => {
    const passes: number[] = [];
    const { clock, controller, log } = controllerOf(async () => {
      passes.push(clock.now());
      if (passes.length < 4) throw new Error('no luck');
      return {};
    });
    controller.queue.add('a');
    await clock.advance(10_000);
    expect(passes).toEqual([0, 20, 60, 140]);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(3);
  });

  it('waits no longer between tries than it is told to', async () => {
    const passes: number[] = [];
    const { clock, controller } = controllerOf(
      async () => {
        passes.push(clock.now());
        throw new Error('no luck');
      },
      { failureBackoff: { baseMs: 100, maxMs: 300 } },
    );
    controller.queue.add('a');
    await clock.advance(1_000);
    expect(passes).toEqual([0, 100, 300, 600, 900]);
  });

  it('takes a throw for a failure like any other', async () => {
    let passes = 0;
    const { clock, controller } = controllerOf(() => {
      passes += 1;
      if (passes === 1) throw new Error('thrown, not rejected');
      return Promise.resolve({});
    });
    controller.queue.add('a');
    await clock.advance(100);
    expect(passes).toBe(2);
  });

  it('waits as long as the server says', async () => {
    const passes: number[] = [];
    const { clock, controller } = controllerOf(async () => {
      passes.push(clock.now());
      if (passes.length === 1) throw new ApiError('slow down', 429, '', 7000);
      return {};
    });
    controller.queue.add('a');
    await clock.advance(10_000);
    expect(passes).toEqual([0, 7000]);
  });

  it('is quiet about conflicts', async () => {
    let passes = 0;
    const { clock, controller, log } = controllerOf(async () => {
      passes += 1;
      if (passes === 1) throw new ApiError('conflict', 409, 'Conflict');
      return {};
    });
    controller.queue.add('a');
    await clock.advance(100);
    expect(log.map(({ level }) => level)).toEqual(['debug']);
  });

  it('tells a pass that takes too long to end, and tries again once it has', async () => {
    const passes: string[] = [];
    const { clock, controller } = controllerOf(
      (_key, signal) => {
        passes.push('begins');
        if (passes.length > 1) return Promise.resolve({});
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            clock.setTimeout(() => {
              passes.push('ends');
              reject(new Error('told to end'));
            }, 1_000);
          });
        });
      },
      { workers: 2, timeoutMs: 500 },
    );
    controller.queue.add('a');
    await clock.advance(1_400);
    expect(passes).toEqual(['begins']);
    await clock.advance(200);
    expect(passes).toEqual(['begins', 'ends', 'begins']);
  });

  it('frees the worker of a pass that never ends, but not its key', async () => {
    const passes: string[] = [];
    const { clock, controller, log } = controllerOf(
      key => {
        passes.push(key);
        return key === 'a' ? new Promise(() => undefined) : Promise.resolve({});
      },
      { workers: 1, timeoutMs: 500 },
    );
    controller.queue.add('a');
    controller.queue.add('b');
    await clock.advance(60_000);
    expect(passes).toEqual(['a', 'b']);
    expect(log.map(({ level }) => level)).toContain('error');
  });

  it('keeps its delays when somebody sets the clock', async () => {
    const passes: number[] = [];
    const { clock, controller } = controllerOf(async () => {
      passes.push(clock.monotonic());
      return { requeueAfterMs: 1000 };
    });
    controller.queue.add('a');
    await clock.advance(1);
    clock.setWall(-3_600_000);
    await clock.advance(2_500);
    expect(passes).toEqual([0, 1000, 2000]);
  });

  it('looks at everything now and then', async () => {
    const seen: string[] = [];
    const { clock } = controllerOf(
      async key => {
        seen.push(key);
        return {};
      },
      { resyncMs: 1000, keys: () => ['a', 'b'] },
    );
    await clock.advance(2500);
    expect(seen).toEqual(['a', 'b', 'a', 'b']);
  });

  it('lets a pass end when it stops, and starts no other', async () => {
    let finish: () => void = () => undefined;
    const ended: string[] = [];
    const { clock, controller } = controllerOf(
      async key => {
        await new Promise<void>(resolve => (finish = resolve));
        ended.push(key);
        return { requeueAfterMs: 0 };
      },
      { workers: 1 },
    );
    controller.queue.add('a');
    controller.queue.add('b');
    await clock.advance(1);
    const stopped = controller.stop(30_000);
    finish();
    await clock.advance(1);
    expect(await stopped).toBe(true);
    expect(ended).toEqual(['a']);
  });

  it('does not wait for ever', async () => {
    const { clock, controller } = controllerOf(
      () => new Promise(() => undefined),
    );
    controller.queue.add('a');
    await clock.advance(1);
    const stopped = controller.stop(1000);
    await clock.advance(1000);
    expect(await stopped).toBe(false);
  });
});
