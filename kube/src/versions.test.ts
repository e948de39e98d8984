import { describe, expect, it } from '@jest/globals';
import { isOlder } from './versions';

describe('the older of two resourceVersions', () => {
  it.each([
    ['9', '10', true],
    ['10', '9', false],
    ['10', '10', false],
    // One apart, and beyond what a double can tell.
    ['9007199254740992', '9007199254740993', true],
    ['18446744073709551615', '18446744073709551614', false],
  ])('%s before %s: %s', (a, b, older) => {
    expect(isOlder(a, b)).toBe(older);
  });

  it.each([
    [undefined, '1'],
    ['1', undefined],
    ['', '1'],
    ['a1', '2'],
    ['-1', '2'],
  ])('%s and %s can not be told apart', (a, b) => {
    expect(isOlder(a, b)).toBe(false);
    expect(isOlder(b, a)).toBe(false);
  });
});
