import { beforeEach, describe, expect, it } from '@jest/globals';
import { ApiError } from './errors';
import { LeaderElection } from './leader-election';
import { FakeClock } from './testing/fake-clock';
import { silentLogger } from './testing/silent-logger';

const NAME = 'the-operator';

interface Lease {
  metadata: { name: string; resourceVersion: string };
  spec: Record<string, unknown>;
}

/** One Lease, as the API server keeps it; `fails` is what it answers with instead. */
class Leases {
  lease: Lease | undefined;
  fails: Error | undefined;
  private version = 0;

  async get(): Promise<unknown> {
    if (this.fails) throw this.fails;
    if (!this.lease)
      throw new ApiError('gone', 404, 'NotFound', undefined, {
        objectName: NAME,
      });
    return structuredClone(this.lease);
  }

  async create(_kind: unknown, _namespace: string, body: unknown) {
    if (this.fails) throw this.fails;
    if (this.lease) throw new ApiError('there', 409, 'AlreadyExists');
    this.keep((body as Lease).spec);
  }

  async patch(...[, , , patch]: [unknown, string, string, unknown]) {
    const { body } = patch as { body: Partial<Lease> };
    if (this.fails) throw this.fails;
    const version = body.metadata?.resourceVersion;
    if (version && version !== this.lease?.metadata.resourceVersion)
      throw new ApiError('changed', 409, 'Conflict');
    this.keep({ ...this.lease?.spec, ...body.spec });
  }

  private keep(spec: Record<string, unknown>): void {
    this.version += 1;
    const resourceVersion = String(this.version);
    this.lease = { metadata: { name: NAME, resourceVersion }, spec };
  }
}

/** Of a process that was stopped: time has gone on, and its timers have not fired yet. */
class StoppedClock extends FakeClock {
  wasStoppedMs = 0;

  override monotonic(): number {
    return super.monotonic() + this.wasStoppedMs;
  }
}

describe('of several processes', () => {
  let clock: FakeClock;
  let leases: Leases;
  let lost: string[];
  const ended = new AbortController();

  const process = (identity: string, ownClock = clock, client = leases) =>
    new LeaderElection({
      client: client as never,
      clock: ownClock,
      logger: silentLogger(),
      random: () => 0,
      namespace: 'system',
      name: NAME,
      identity,
      lost: why => lost.push(`${identity}: ${why}`),
    });
  const leading = (...all: LeaderElection[]) =>
    all.map(({ isLeading }) => isLeading);

  beforeEach(() => {
    clock = new FakeClock();
    leases = new Leases();
    lost = [];
  });

  it('one leads, and keeps on as long as it renews', async () => {
    const [a, b] = [process('a'), process('b')];
    void a.lead(ended.signal);
    await clock.advance(100);
    void b.lead(ended.signal);
    await clock.advance(120_000);
    expect(leading(a, b)).toEqual([true, false]);
    expect(leases.lease?.spec).toMatchObject({
      holderIdentity: 'a',
      leaseDurationSeconds: 15,
      leaseTransitions: 0,
    });
    expect(lost).toEqual([]);
  });

  it('the next one leads at once where the Lease is given back', async () => {
    const [a, b] = [process('a'), process('b')];
    const ending = new AbortController();
    void a.lead(ending.signal);
    await clock.advance(5_000);
    void b.lead(ended.signal);
    await clock.advance(5_000);
    ending.abort();
    await a.release();
    await clock.advance(2_000);
    expect(leading(a, b)).toEqual([false, true]);
    expect(leases.lease?.spec.leaseTransitions).toBe(1);
    expect(lost).toEqual([]);
  });

  it('the next one waits for the time of a Lease whose holder is gone, whatever its clock says', async () => {
    const ending = new AbortController();
    const a = process('a');
    void a.lead(ending.signal);
    await clock.advance(5_000);
    ending.abort();
    clock.setWall(3_600_000);
    const b = process('b');
    void b.lead(ended.signal);
    await clock.advance(14_000);
    expect(b.isLeading).toBe(false);
    await clock.advance(4_000);
    expect(b.isLeading).toBe(true);
  });

  it('who can not renew stops before another one may begin', async () => {
    const a = process('a');
    void a.lead(ended.signal);
    await clock.advance(5_000);
    leases.fails = new Error('away');
    await clock.advance(8_000);
    expect(lost).toEqual([]);
    expect(() => a.assertNotLost()).not.toThrow();
    await clock.advance(4_000);
    expect(lost).toEqual(['a: the Lease could not be renewed in time']);
    expect(() => a.assertNotLost()).toThrow('no longer leads');
  });

  it('who was stopped for a while sends nothing when it goes on, and does not take the Lease again', async () => {
    const stopped = new StoppedClock();
    const a = process('a', stopped);
    void a.lead(ended.signal);
    await stopped.advance(1_000);
    expect(a.isLeading).toBe(true);
    const b = process('b');
    void b.lead(ended.signal);
    await clock.advance(60_000);
    expect(b.isLeading).toBe(true);
    stopped.wasStoppedMs = 60_000;
    expect(a.isLeading).toBe(false);
    expect(() => a.assertNotLost()).toThrow('no longer leads');
    await stopped.advance(10_000);
    expect(lost).toEqual(['a: the Lease could not be renewed in time']);
    expect(leases.lease?.spec.holderIdentity).toBe('b');
  });

  it('one leads of two that find the Lease free at the same time', async () => {
    const [a, b] = [process('a'), process('b')];
    void a.lead(ended.signal);
    void b.lead(ended.signal);
    await clock.advance(1_000);
    expect(leading(a, b).filter(Boolean)).toHaveLength(1);
  });

  it('each says why it can not be known who leads, and leads once it can', async () => {
    const a = process('a');
    leases.fails = new ApiError('leases is forbidden', 403, 'Forbidden');
    void a.lead(ended.signal);
    await clock.advance(3_000);
    expect(a.problem).toContain('leases is forbidden');
    leases.fails = undefined;
    await clock.advance(3_000);
    expect(a.problem).toBeUndefined();
    expect(a.isLeading).toBe(true);
  });
});
