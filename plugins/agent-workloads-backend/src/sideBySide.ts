/**
 * So many at a time, the next one as soon as one is done: a person's first list may ask a cluster about hundreds.
 *
 * @returns what each gave, in the order of `items`
 * @throws what the first one to fail threw; after it none is begun
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  each: (item: T) => Promise<R>,
  atOnce = 20,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await each(items[index]);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const workers = Math.min(atOnce, items.length);
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
