/** Tries until `check` no longer throws; the last error when `timeout` milliseconds are over. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  timeout = 5_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}
