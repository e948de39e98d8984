/** Something that is good until a time. */
export interface Lasting<T> {
  value: T;
  /** Milliseconds since 1970; absent: it does not end. */
  endsAt?: number;
}

const MOST_EARLY_MS = 5 * 60_000;
/** An issuer that never answers would hold up every request that needs it, and the start of a portal. */
const LIMIT_MS = 10_000;

async function inTime<T>(get: () => Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no credentials came within ${limitMs / 1000} s`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([get(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** When the next one is asked for: five minutes before the end, of what lasts less than 20 minutes a quarter of its life before. */
function renewAt(takenAt: number, endsAt: number | undefined): number {
  if (endsAt === undefined) return Infinity;
  return endsAt - Math.min(MOST_EARLY_MS, (endsAt - takenAt) / 4);
}

/** How long after a failure the next try comes, while the last one is good. */
const PAUSE_MS = 10_000;

/**
 * A token or key that is kept, and replaced before it ends. However many ask, one request is made, and nobody waits for it while the
 * last one is good.
 * @param get asks for a new one
 * @param now milliseconds since 1970
 * @param limitMs how long `get` may take
 * @returns the one that is good now; it rejects with the error of `get` where there is none
 */
export function renewed<T>(
  get: () => Promise<Lasting<T>>,
  now: () => number,
  limitMs = LIMIT_MS,
): () => Promise<T> {
  let kept: (Lasting<T> & { renewAt: number }) | undefined;
  let asked: Promise<void> | undefined;
  const renew = async () => {
    const next = await inTime(get, limitMs);
    if (next.endsAt !== undefined && !Number.isFinite(next.endsAt))
      throw new Error('it was not said until when the credentials are good');
    kept = { ...next, renewAt: renewAt(now(), next.endsAt) };
  };
  const renewOnce = () =>
    (asked ??= renew().finally(() => {
      asked = undefined;
    }));
  const isOver = () => !kept || now() >= (kept.endsAt ?? Infinity);
  return async () => {
    if (isOver()) {
      await renewOnce();
    } else if (now() >= kept!.renewAt) {
      renewOnce().catch(() => {
        kept!.renewAt = now() + PAUSE_MS;
      });
    }
    return kept!.value;
  };
}
