import { describe, expect, it } from '@jest/globals';
import { pinned, usableLock } from './backstage-releases.mjs';

const manifest = {
  dependencies: { '@backstage/ui': '^0.18.0', react: '^18.0.2' },
};

describe('an app of one release', () => {
  it('has the very versions that create-app names', () => {
    expect(pinned(manifest, '1.55').dependencies).toEqual({
      '@backstage/ui': '0.18.0',
      react: '^18.0.2',
    });
  });

  it('has what came out last where the newest is asked for', () => {
    expect(pinned(manifest, 'newest').dependencies['@backstage/ui']).toBe(
      'latest',
    );
  });
});

describe('the lock of this repository', () => {
  const lock = [
    '"@agentworkloads/api@workspace:api":\n  version: 0',
    '"@backstage/ui@npm:^0.18.0":\n  version: 0.18.0',
    '"react@npm:^18.0.2":\n  version: 18.3.1',
  ].join('\n\n');

  it('is taken over less what is ours', () => {
    expect(usableLock(lock, '1.55')).not.toContain('workspace');
    expect(usableLock(lock, '1.55')).toContain('@backstage/ui');
  });

  it('holds no package of Backstage back where the newest is asked for', () => {
    expect(usableLock(lock, 'newest')).not.toContain('@backstage');
    expect(usableLock(lock, 'newest')).toContain('react');
  });
});
