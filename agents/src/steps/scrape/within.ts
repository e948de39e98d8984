/** Thrown when something of a page took more time than it may. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/**
 * The result of `work`, or {@link OutOfTimeError} after `ms` milliseconds: a page whose scripts never rest answers no question. What
 * was asked goes on unheard.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  work.catch(() => undefined);
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new OutOfTimeError(`no answer after ${Math.round(ms)} ms`)),
      Math.max(0, ms),
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
