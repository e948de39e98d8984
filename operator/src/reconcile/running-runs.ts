import type { CachedWorkload } from './cached';

/** Who and where: what limits are counted by. */
interface Place {
  namespace: string;
  /** Empty for nobody. */
  requester: string;
}

/** How many other runs have started and not ended, those at their gate among them. */
export interface ActiveRuns {
  /** Of the same requester, in every namespace that is watched; of nobody, in the same namespace. */
  requester: number;
  /** In the same namespace. */
  namespace: number;
}

interface Waiting extends Place {
  key: string;
  createdAt: string;
}

function placeOf({ metadata }: CachedWorkload, requester: string): Place {
  return { namespace: metadata.namespace ?? '', requester };
}

/** Nobody is no person: who leaves the name out in one namespace takes no place in another. */
function isSameRequester(a: Place, b: Place): boolean {
  return (
    a.requester === b.requester &&
    (a.requester !== '' || a.namespace === b.namespace)
  );
}

/**
 * Which runs go on, for policy `start` to count, and which wait for one of them to end. A run that is
 * let through takes its place here at once, before its status is written, so that two passes can't
 * both have the last place. Nothing here outlives a restart: the first list fills it again.
 */
export class RunningRuns {
  /** By uid of the workload. */
  private readonly runs = new Map<string, Place>();
  /** Those of them whose status does not say so yet. */
  private readonly claims = new Set<string>();
  /** By uid. */
  private readonly waiting = new Map<string, Waiting>();

  /** @param wake has a workload looked at again, by its key */
  constructor(private readonly wake: (key: string) => void) {}

  /** What a list, a watch or an answer brought; undefined for what is gone. */
  saw(before: CachedWorkload | undefined, after?: CachedWorkload): void {
    const known = before?.metadata.uid;
    const { uid } = after?.metadata ?? {};
    if (known !== undefined && known !== uid) this.over(known);
    if (!after || uid === undefined) return;
    if (after.running) {
      this.runs.set(uid, placeOf(after, after.running.requester));
      this.claims.delete(uid);
      this.leave(uid);
    } else if (after.ended || !this.claims.has(uid)) {
      this.over(uid, Boolean(after.ended));
    }
  }

  /** What else goes on, by what a start is limited. */
  beside(uid: string, place: Place): ActiveRuns {
    const counts = { requester: 0, namespace: 0 };
    for (const [other, run] of this.runs) {
      if (other === uid) continue;
      if (isSameRequester(run, place)) counts.requester += 1;
      if (run.namespace === place.namespace) counts.namespace += 1;
    }
    return counts;
  }

  /**
   * From here on it is woken whenever a place may have become free. To be called before it is counted
   * what goes on: what ends between the two wakes it, too.
   */
  queue(uid: string, run: Waiting): void {
    this.waiting.set(uid, run);
  }

  /**
   * Takes its place, unless more goes on by now than was counted.
   * @returns whether it has it
   */
  claim(uid: string, place: Place, counted: ActiveRuns): boolean {
    const now = this.beside(uid, place);
    const more =
      now.requester > counted.requester || now.namespace > counted.namespace;
    if (more) return false;
    if (!this.runs.has(uid)) this.claims.add(uid);
    this.runs.set(uid, { ...place });
    this.leave(uid);
    return true;
  }

  /** It is not to start now, and waits on: a place that it took before is another's. */
  release(uid: string): void {
    if (this.claims.delete(uid)) this.free(uid);
  }

  /** It is not to start: neither has it a place nor does it wait. */
  giveUp(uid: string): void {
    this.release(uid);
    this.leave(uid);
  }

  private over(uid: string, isGone = true): void {
    this.claims.delete(uid);
    this.free(uid);
    if (isGone) this.leave(uid);
  }

  private free(uid: string): void {
    const run = this.runs.get(uid);
    this.runs.delete(uid);
    if (run) this.wakeNext(run);
  }

  /** Whoever leaves, for whatever reason, hands the call on: it may have been meant for the next one. */
  private leave(uid: string): void {
    const run = this.waiting.get(uid);
    this.waiting.delete(uid);
    if (run) this.wakeNext(run);
  }

  /** Wakes those that may take a place there: of each requester in each namespace the one that was made first. */
  private wakeNext(place: Place): void {
    const first = new Map<string, Waiting>();
    for (const run of this.waiting.values()) {
      const concerned =
        run.namespace === place.namespace || isSameRequester(run, place);
      const group = `${run.namespace}/${run.requester}`;
      const before = first.get(group);
      if (concerned && !(before && before.createdAt <= run.createdAt)) {
        first.set(group, run);
      }
    }
    for (const { key } of first.values()) this.wake(key);
  }
}
