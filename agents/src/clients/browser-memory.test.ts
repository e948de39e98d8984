import { describe, expect, it } from '@jest/globals';
import {
  browserBudget,
  browserProcesses,
  lookAgainAfter,
  processToEnd,
  type BrowserProcess,
} from './browser-memory';

const MIB = 2 ** 20;
const process_ = (type: string, mib: number): BrowserProcess => ({
  pid: mib,
  type,
  bytes: mib * MIB,
});

describe('the memory of a browser', () => {
  it('is read of its process and those below', () => {
    const [own] = browserProcesses(process.pid);
    expect(own.pid).toBe(process.pid);
    expect(own.bytes).toBeGreaterThan(10 * MIB);
    expect(own.bytes).toBeLessThan(100_000 * MIB);
  });

  it('of a process that is gone is none', () => {
    expect(browserProcesses(2 ** 22 + 1)).toEqual([]);
  });

  it('may be three fifths of what the pod has, and never more than 1.5 GiB', () => {
    expect(browserBudget(1000 * MIB)).toBe(600 * MIB);
    expect(browserBudget(64_000 * MIB)).toBe(1536 * MIB);
    expect(browserBudget(undefined)).toBe(1536 * MIB);
  });

  it.each([
    ['seldom while it is far from the budget', 199, 100],
    ['often from two fifths of it on', 200, 20],
    ['often beyond it', 900, 20],
  ])('is looked at %s', (_when, mib, after) => {
    const all = [process_('browser', 1), process_('renderer', mib - 1)];
    expect(lookAgainAfter(all, 500 * MIB)).toBe(after);
  });

  it('ends nothing within the budget', () => {
    const all = [process_('browser', 200), process_('renderer', 300)];
    expect(processToEnd(all, 500 * MIB)).toBeUndefined();
  });

  it('ends the largest process beyond it', () => {
    const large = process_('renderer', 400);
    const all = [process_('browser', 200), process_('renderer', 50), large];
    expect(processToEnd(all, 500 * MIB)).toBe(large);
  });

  it('ends the browser where that is the largest itself', () => {
    const all = [process_('browser', 600), process_('renderer', 300)];
    expect(processToEnd(all, 500 * MIB)?.type).toBe('browser');
  });
});
