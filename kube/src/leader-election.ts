import { sleep } from './clock';
import { apiStatus, saysAbsent } from './errors';
import type { Clock, KubeClient, Logger, ResourceKind } from './types';

const LEASES: ResourceKind = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
};
/** The times of client-go. */
const LEASE_SECONDS = 15;
const RENEW_WITHIN_MS = 10_000;
const TRY_EVERY_MS = 2_000;
/** Waits are longer by up to this part of them, so that those who wait do not ask at the same time. */
const JITTER = 0.2;

export interface LeaderElectionOptions {
  /** Without a limit of requests: what waits for its turn renews nothing. */
  client: Pick<KubeClient, 'get' | 'create' | 'patch'>;
  clock: Clock;
  logger: Logger;
  /** From 0 to 1. */
  random(): number;
  namespace: string;
  /** Of the Lease. */
  name: string;
  /** Of this process: no other one may ever have it. */
  identity: string;
  /** Another one may lead from now on: nothing may be written any more. */
  lost(why: string): void;
}

interface Lease {
  metadata: { resourceVersion: string };
  spec?: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    leaseTransitions?: number;
  };
}

type Outcome = 'held' | 'of another';

/**
 * Of several processes one works: it holds a Lease, renews it, and stops in time where it can't. The rules are those of client-go's
 * `leaderelection`: whether a holder is gone is judged by how long its Lease has not changed on the clock of who waits, so that the clocks of
 * machines need not agree; each write names the version that was read.
 */
export class LeaderElection {
  private state: 'waiting' | 'leading' | 'over' = 'waiting';
  /** By the monotonic clock, from before the request that renewed it. */
  private renewedAt = 0;
  /** Why it can't be known who leads; undefined while it can. */
  problem: string | undefined;
  private seen: { version: string; at: number } | undefined;

  constructor(private readonly options: LeaderElectionOptions) {}

  get isLeading(): boolean {
    return this.state === 'leading' && !this.isLate();
  }

  /** Resolves once this process leads, or the signal aborts; from then on the Lease is renewed. Never rejects. */
  async lead(signal: AbortSignal): Promise<void> {
    const { clock, logger, identity } = this.options;
    logger.info({ identity }, 'waits to lead');
    while (!signal.aborted) {
      if ((await this.tryToLead(signal)) === 'held') {
        logger.info({ identity }, 'this one leads');
        this.state = 'leading';
        void this.keep(signal);
        return;
      }
      await sleep(clock, this.pause(), signal);
    }
  }

  private async tryToLead(signal: AbortSignal): Promise<Outcome | undefined> {
    const before = this.problem;
    this.problem = undefined;
    try {
      return await this.attempt(signal);
    } catch (error) {
      this.problem = `the Lease can't be asked for: ${
        (error as Error).message
      }`;
      if (this.problem !== before && !signal.aborted)
        this.options.logger.warn({ err: error }, 'nobody can lead by this one');
      return undefined;
    }
  }

  /**
   * To be asked before each request: a process that was stopped for a while and goes on must not write what another one has decided since.
   *
   * @throws Error once this process has led and may do so no longer
   */
  assertNotLost(): void {
    if (this.state === 'over' || (this.state === 'leading' && this.isLate())) {
      throw new Error('this process no longer leads: nothing is sent');
    }
  }

  /** Whoever waits need not wait for the time of the Lease. */
  async release(): Promise<void> {
    if (!this.isLeading) return;
    this.state = 'over';
    await this.write({ holderIdentity: '', leaseDurationSeconds: 1 }).catch(
      error =>
        this.options.logger.warn(
          { err: error },
          'the Lease could not be given back: the next one waits for its time',
        ),
    );
  }

  private async keep(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.options;
    while (this.state === 'leading') {
      await sleep(clock, TRY_EVERY_MS, signal);
      if (signal.aborted || this.state !== 'leading') return;
      // Asked first: after a stop of the whole process the Lease may look free, and is another one's work.
      if (this.isLate()) {
        this.lose('the Lease could not be renewed in time');
        return;
      }
      const found = await this.attempt(signal).catch(error => {
        if (!signal.aborted)
          logger.warn({ err: error }, 'the Lease was not renewed');
        return undefined;
      });
      if (found === 'of another') this.lose('another one holds the Lease');
    }
  }

  private lose(why: string): void {
    this.state = 'over';
    this.options.lost(why);
  }

  private isLate(): boolean {
    return this.options.clock.monotonic() - this.renewedAt >= RENEW_WITHIN_MS;
  }

  private pause(): number {
    return TRY_EVERY_MS * (1 + JITTER * this.options.random());
  }

  /** Takes the Lease where it is free or our own. */
  private async attempt(signal: AbortSignal): Promise<Outcome> {
    const { clock, identity } = this.options;
    const at = clock.monotonic();
    const lease = await this.read(signal);
    if (lease && !this.isFree(lease)) return 'of another';
    const { holderIdentity, leaseTransitions = 0 } = lease?.spec ?? {};
    const now = microTime(clock.now());
    const isTaken = holderIdentity !== identity;
    const spec = {
      holderIdentity: identity,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime: now,
      ...(isTaken
        ? {
            acquireTime: now,
            leaseTransitions: leaseTransitions + (lease ? 1 : 0),
          }
        : {}),
    };
    try {
      if (lease) await this.write(spec, lease, signal);
      else await this.make(spec, signal);
    } catch (error) {
      if (apiStatus(error) === 409) return 'of another';
      throw error;
    }
    this.renewedAt = at;
    return 'held';
  }

  private isFree({ metadata, spec = {} }: Lease): boolean {
    const { clock, identity } = this.options;
    const { holderIdentity, leaseDurationSeconds = LEASE_SECONDS } = spec;
    const version = metadata.resourceVersion;
    if (this.seen?.version !== version)
      this.seen = { version, at: clock.monotonic() };
    if (!holderIdentity || holderIdentity === identity) return true;
    return clock.monotonic() - this.seen.at >= leaseDurationSeconds * 1_000;
  }

  private async read(signal: AbortSignal): Promise<Lease | undefined> {
    const { client, namespace, name } = this.options;
    try {
      return (await client.get(LEASES, namespace, name, signal)) as Lease;
    } catch (error) {
      if (saysAbsent(error, name)) return undefined;
      throw error;
    }
  }

  private make(spec: object, signal: AbortSignal): Promise<unknown> {
    const { client, namespace, name } = this.options;
    const body = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec,
    };
    return client.create(LEASES, namespace, body, signal);
  }

  /** Refused with 409 where somebody has written since; without `read` whatever is there, for it is ours. */
  private write(
    spec: object,
    read?: Lease,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { client, namespace, name } = this.options;
    const resourceVersion = read?.metadata.resourceVersion;
    const body = {
      ...(resourceVersion ? { metadata: { resourceVersion } } : {}),
      spec,
    };
    return client.patch(
      LEASES,
      namespace,
      name,
      { type: 'merge', body },
      signal,
    );
  }
}

/** Kubernetes' MicroTime. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}
