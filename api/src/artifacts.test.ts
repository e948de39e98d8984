import { describe, expect, it } from '@jest/globals';
import { pageKey, runPrefix, shotKey } from './artifacts';

const sha = 'a'.repeat(64);
const run = { namespace: 'team-a', workflowUid: 'u-1' };

describe('object keys', () => {
  it('file a page under its run and the hash of its URL', () => {
    expect(pageKey(run, sha, 'page.html')).toBe(
      `runs/team-a/u-1/pages/${sha}/page.html`,
    );
    expect(shotKey(run, sha, 'thumb-desktop.webp')).toBe(
      `runs/team-a/u-1/pages/${sha}/shots/thumb-desktop.webp`,
    );
  });

  it('begin with the namespace, but for runs of before', () => {
    expect(runPrefix(run)).toBe('runs/team-a/u-1/');
    expect(runPrefix({ workflowUid: 'u-1' })).toBe('runs/u-1/');
  });

  it.each(['../x', 'a/b', '', 'Team', '-a', 'a-', 'a.b', 'a'.repeat(64)])(
    'refuse the namespace %j',
    namespace => {
      expect(() => runPrefix({ ...run, namespace })).toThrow(RangeError);
    },
  );

  it.each(['../x', 'a/b', '', 'a'.repeat(65), 'ü'])(
    'refuse the workflow uid %j',
    uid => {
      expect(() => runPrefix({ ...run, workflowUid: uid })).toThrow(RangeError);
    },
  );

  it('refuse anything but a lower-case sha256 for the page', () => {
    expect(() => pageKey(run, 'A'.repeat(64), 'page.html')).toThrow(RangeError);
    expect(() => pageKey(run, 'https://x.example', 'page.html')).toThrow(
      RangeError,
    );
  });

  it('refuse a file name that leaves the folder', () => {
    expect(() => shotKey(run, sha, '../../x.webp')).toThrow(RangeError);
  });
});
