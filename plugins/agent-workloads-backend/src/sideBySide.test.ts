import { sideBySide } from './sideBySide';

/** Work that ends when the test says so. */
function held() {
  const ends = new Map<number, (error?: Error) => void>();
  const begin = (item: number) =>
    new Promise<string>((resolve, reject) => {
      ends.set(item, error => {
        ends.delete(item);
        if (error) reject(error);
        else resolve(`done ${item}`);
      });
    });
  const settled = () => new Promise(resolve => setImmediate(resolve));
  return {
    begin,
    running: () => [...ends.keys()],
    async end(item: number, error?: Error) {
      ends.get(item)!(error);
      await settled();
    },
  };
}

describe('work side by side', () => {
  it('begins so many at once, the next one when one is done, and answers in order', async () => {
    const { begin, running, end } = held();
    const all = sideBySide([1, 2, 3, 4], begin, 2);
    expect(running()).toEqual([1, 2]);
    await end(2);
    expect(running()).toEqual([1, 3]);
    await end(3);
    await end(4);
    await end(1);
    expect(await all).toEqual(['done 1', 'done 2', 'done 3', 'done 4']);
  });

  it('begins nothing after one has failed', async () => {
    const { begin, running, end } = held();
    const all = sideBySide([1, 2, 3], begin, 2);
    const outcome = all.then(
      () => 'done',
      (error: Error) => error.message,
    );
    await end(1, new Error('away'));
    await end(2);
    expect(running()).toEqual([]);
    expect(await outcome).toBe('away');
  });

  it('is nothing for nothing', async () => {
    expect(await sideBySide([], async () => 1)).toEqual([]);
  });
});
