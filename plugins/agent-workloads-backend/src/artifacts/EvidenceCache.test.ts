import { Readable } from 'node:stream';
import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import type { ArtifactStore } from './ArtifactStore';
import { EvidenceCache } from './EvidenceCache';

const schema = z.object({ text: z.string() });

function storeOf(objects: Record<string, string>) {
  const reads: string[] = [];
  const store: ArtifactStore = {
    bucket: 'b',
    async stat(key) {
      return key in objects
        ? { size: objects[key].length, etag: `etag-of-${objects[key].length}` }
        : undefined;
    },
    async read(key) {
      reads.push(key);
      return Readable.from([Buffer.from(objects[key])]);
    },
  };
  return { store, reads };
}

describe('EvidenceCache', () => {
  const logger = mockServices.logger.mock();
  const doc = (length: number) =>
    JSON.stringify({ text: 'x'.repeat(length), more: 1 });

  it('keeps no more bytes than it may: what was used last stays', async () => {
    const cache = new EvidenceCache(250);
    const { store, reads } = storeOf({
      a: doc(80),
      b: doc(81),
      c: doc(82),
    });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) {
      await cache.read(store, key, schema, logger);
    }
    expect(reads).toEqual(['a', 'b', 'c', 'b']);
  });

  it('answers what is larger than all it may keep, and does not keep it', async () => {
    const cache = new EvidenceCache(50);
    const { store, reads } = storeOf({ large: doc(200) });
    for (let time = 0; time < 2; time += 1) {
      const part = await cache.read(store, 'large', schema, logger);
      expect(JSON.parse(part!.json.toString())).toEqual({
        text: 'x'.repeat(200),
      });
    }
    expect(reads).toHaveLength(2);
  });

  it('has nothing of what is no JSON, not what the schema says, or not there', async () => {
    const cache = new EvidenceCache();
    const { store } = storeOf({ broken: '{', other: '{"text":1}' });
    for (const key of ['broken', 'other', 'gone']) {
      expect(await cache.read(store, key, schema, logger)).toBeUndefined();
    }
  });

  it('tries again after the storage was away', async () => {
    const cache = new EvidenceCache();
    const { store } = storeOf({ a: doc(10) });
    const broken: ArtifactStore = {
      ...store,
      read: async () => {
        throw new Error('away');
      },
    };
    await expect(cache.read(broken, 'a', schema, logger)).rejects.toThrow(
      'away',
    );
    expect(await cache.read(store, 'a', schema, logger)).toBeDefined();
  });
});
