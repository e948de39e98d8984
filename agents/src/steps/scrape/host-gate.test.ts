import { describe, expect, it } from '@jest/globals';
import { fakeClock } from '../../../test/support/clock';
import { createHostGate } from './host-gate';

const tick = () => new Promise(resolve => setImmediate(resolve));

function gate(total: number) {
  const controller = new AbortController();
  const clock = fakeClock();
  return {
    controller,
    clock,
    gate: createHostGate({ total, clock, signal: controller.signal }),
  };
}

describe('the host gate', () => {
  it('lets one visit of a host run at a time, and as many in all as there are places', async () => {
    const { gate: g } = gate(2);
    const running = new Set<string>();
    let most = 0;
    const visit = (host: string) =>
      g.run(host, 0, slots =>
        slots.use(async () => {
          expect([...running]).not.toContain(host);
          running.add(host);
          most = Math.max(most, running.size);
          await tick();
          running.delete(host);
        }),
      );
    await Promise.all(['a', 'a', 'b', 'c', 'a', 'c', 'd'].map(visit));
    expect(most).toBe(2);
  });

  it('does not let a host that waits hold a place', async () => {
    const { gate: g } = gate(1);
    let release = () => {};
    const blocked = g.run(
      'a',
      0,
      () => new Promise<void>(resolve => (release = resolve)),
    );
    expect(await g.run('b', 0, slots => slots.use(async () => 'through'))).toBe(
      'through',
    );
    release();
    await blocked;
  });

  it('pauses between two visits of a host', async () => {
    const { gate: g, clock } = gate(2);
    await g.run('a', 500, async () => {});
    await g.run('b', 500, async () => {});
    await g.run('a', 500, async () => {});
    expect(clock.slept).toEqual([500]);
  });

  it('goes on after a failure, and stops when asked', async () => {
    const { gate: g, controller } = gate(1);
    await expect(
      g.run('a', 0, slots => slots.use(() => Promise.reject(new Error('x')))),
    ).rejects.toThrow('x');
    expect(await g.run('a', 0, slots => slots.use(async () => 1))).toBe(1);
    controller.abort(new Error('stop'));
    await expect(g.run('a', 0, async () => 1)).rejects.toThrow('stop');
  });
});
