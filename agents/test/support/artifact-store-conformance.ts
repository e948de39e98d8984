import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { ArtifactStore } from '../../src/artifacts/artifact-store';

const TYPE = { contentType: 'text/plain' };
const sha = (text: string | Buffer) =>
  createHash('sha256').update(text).digest('hex');

/** What every {@link ArtifactStore} keeps to. */
export function artifactStoreConformance(open: () => ArtifactStore): void {
  const key = (name: string) => `runs/conformance/${name}`;

  it('has nothing where nothing was put', async () => {
    expect(await open().get(key('absent'))).toBeUndefined();
    expect(await open().head(key('absent'))).toBeUndefined();
  });

  it('gives back what was put, with its hash', async () => {
    const body = Buffer.from([0, 255, 10, 13, 128]);
    expect(await open().put(key('a'), body, TYPE)).toEqual({
      key: key('a'),
      sha256: sha(body),
      bytes: 5,
      written: true,
    });
    expect(await open().get(key('a'))).toEqual(body);
    expect(await open().head(key('a'))).toEqual({
      bytes: 5,
      sha256: sha(body),
    });
  });

  it('does not send the same again, and replaces what differs', async () => {
    const store = open();
    expect((await store.put(key('b'), 'one', TYPE)).written).toBe(true);
    expect((await store.put(key('b'), 'one', TYPE)).written).toBe(false);
    expect((await store.put(key('b'), 'two', TYPE)).written).toBe(true);
    expect(String(await store.get(key('b')))).toBe('two');
  });

  it('keeps text as UTF-8, and empty bodies', async () => {
    await open().put(key('c'), 'ä€😀', TYPE);
    expect(String(await open().get(key('c')))).toBe('ä€😀');
    await open().put(key('d'), '', TYPE);
    expect(await open().get(key('d'))).toEqual(Buffer.alloc(0));
  });

  it('stands several calls at a time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `many-${index}`);
    await Promise.all(
      names.map(name => open().put(key(name), name.repeat(5000), TYPE)),
    );
    const bodies = await Promise.all(names.map(name => open().get(key(name))));
    expect(bodies.map(String)).toEqual(names.map(name => name.repeat(5000)));
  });
}
