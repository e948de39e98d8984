import { describe, expect, it } from '@jest/globals';
import { pageKey, runPrefix, shotKey } from './artifacts';

const sha = 'a'.repeat(64);

describe('object keys', () => {
  it('file a page under its run and the hash of its URL', () => {
    expect(pageKey('u-1', sha, 'page.html')).toBe(
      `runs/u-1/pages/${sha}/page.html`,
    );
    expect(shotKey('u-1', sha, 'thumb-desktop.webp')).toBe(
      `runs/u-1/pages/${sha}/shots/thumb-desktop.webp`,
    );
  });

  it.each(['../x', 'a/b', '', 'a'.repeat(65), 'ü'])(
    'refuse the workflow uid %j',
    uid => {
      expect(() => runPrefix(uid)).toThrow(RangeError);
    },
  );

  it('refuse anything but a lower-case sha256 for the page', () => {
    expect(() => pageKey('u', 'A'.repeat(64), 'page.html')).toThrow(RangeError);
    expect(() => pageKey('u', 'https://x.example', 'page.html')).toThrow(
      RangeError,
    );
  });

  it('refuse a file name that leaves the folder', () => {
    expect(() => shotKey('u', sha, '../../x.webp')).toThrow(RangeError);
  });
});
