import { describe, expect, it } from '@jest/globals';
import { BoundedMap } from './bounded-map';

describe('a bounded map', () => {
  it('forgets what was set longest ago', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
    expect([...map]).toEqual([
      ['a', 3],
      ['c', 4],
    ]);
  });

  it('never holds more than it may, however much is never deleted', () => {
    const map = new BoundedMap<number, string>(10);
    for (let key = 0; key < 1_000; key += 1) map.set(key, 'why');
    expect(map.size).toBe(10);
    expect(map.get(999)).toBe('why');
  });
});
