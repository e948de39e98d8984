import { describe, expect, it } from '@jest/globals';
import type { Baseline, Manifest } from '@agentworkloads/api';
import { pageOf } from '../../../test/observed-runs';
import { PermanentError, TooLargeError } from '../../runtime/errors';
import { readEarlier } from './earlier';
import { sha256 } from './page-facts';

const { record } = pageOf('<h1>Prices</h1>');
const manifest: Manifest = {
  schemaVersion: 1,
  workflowUid: 'earlier',
  jobId: 'earlier',
  objective: 'Watch prices',
  bucket: 'bucket',
  userAgent: 'agent',
  createdAt: '2026-01-05T08:00:00.000Z',
  pages: [record],
};
const body = Buffer.from(JSON.stringify(manifest));
const inBucket = { bucket: 'bucket', sha256: sha256(body) };
const baseline: Baseline = {
  name: 'earlier',
  workflowUid: 'earlier',
  completedAt: '2026-01-05T09:00:00.000Z',
  artifacts: {
    manifest: { ...inBucket, key: 'runs/ns/earlier/manifest.json' },
    facts: { ...inBucket, key: 'runs/ns/earlier/facts.json' },
  },
};

/** What the earlier run saved, of which its facts can't be read. */
function savedWith(error: Error): Parameters<typeof readEarlier>[1] {
  const get = async (key: string) => {
    if (key === baseline.artifacts.facts.key) throw error;
    return body;
  };
  const job = { bucket: 'bucket' };
  return { store: { get }, job } as Parameters<typeof readEarlier>[1];
}

describe('an earlier run that knows more of values over time than is read', () => {
  it('is compared with, and values begin anew, which is said', async () => {
    const saved = savedWith(
      new TooLargeError('Object is larger than 1 bytes.'),
    );
    const earlier = await readEarlier(baseline, saved);
    expect(earlier).toMatchObject({
      manifest: { pages: [{ url: record.url }] },
      known: new Map(),
      unknown:
        'What the earlier run knew of values over time is too large to be read; they begin anew.',
    });
  });

  it('is no reason to pass over that its bucket is refused', async () => {
    const saved = savedWith(new PermanentError('Object storage refuses.'));
    await expect(readEarlier(baseline, saved)).rejects.toThrow('refuses');
  });
});
