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

describe('an earlier run that did not see its pages, as older ones did', () => {
  const reading = (url: string) => ({
    ...record,
    url,
    urlSha256: sha256(Buffer.from(url)),
  });
  const urls = Array.from({ length: 20 }, (_, n) => `https://a.example/${n}`);
  const files = new Map<string, Buffer>();
  const keep = (key: string, value: unknown) => {
    files.set(key, Buffer.from(JSON.stringify(value)));
    return { key, sha256: sha256(files.get(key)!) };
  };
  const history = urls.map((url, n) => ({
    url,
    lastObserved: {
      workflowUid: 'older',
      at: '2026-01-01T00:00:00.000Z',
      ...keep(`runs/ns/older/${n}/page.json`, {
        ...reading(url),
        title: `older ${n}`,
      }),
    },
    readings: [],
    prices: [],
  }));
  const facts = keep(baseline.artifacts.facts.key, { history });
  const saved = keep(baseline.artifacts.manifest.key, {
    ...manifest,
    pages: urls.slice(0, 18).reverse().map(reading),
  });
  const run: Baseline = {
    ...baseline,
    artifacts: {
      manifest: { bucket: 'bucket', ...saved },
      facts: { bucket: 'bucket', ...facts },
    },
  };

  it('is read with theirs: its own pages first, in its order, then those that it was not led to', async () => {
    const get = async (key: string) => files.get(key);
    const earlier = await readEarlier(run, {
      store: { get },
      job: { bucket: 'bucket' },
    } as unknown as Parameters<typeof readEarlier>[1]);
    if ('reason' in earlier) throw new Error(earlier.detail);
    expect(earlier.manifest.pages.map(({ title }) => title)).toEqual([
      ...Array.from({ length: 18 }, (_, n) => `older ${17 - n}`),
      'older 18',
      'older 19',
    ]);
    expect([...earlier.followedBefore]).toEqual(urls.slice(18));
    expect(earlier.olderReadings.size).toBe(20);
  });

  it('is read with a page that is gone without its files', async () => {
    const get = async (key: string) =>
      key.startsWith('runs/ns/older/17/') ? undefined : files.get(key);
    const earlier = await readEarlier(run, {
      store: { get },
      job: { bucket: 'bucket' },
    } as unknown as Parameters<typeof readEarlier>[1]);
    if ('reason' in earlier) throw new Error(earlier.detail);
    const [first, second] = earlier.manifest.pages;
    expect([first.url, first.textKey]).toEqual([urls[17], undefined]);
    expect(second.title).toBe('older 16');
  });
});
