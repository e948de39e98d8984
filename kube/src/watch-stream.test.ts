import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WatchEvent } from './types';
import { readWatch } from './watch-stream';

async function* chunksOf(bytes: Uint8Array, cuts: number[]) {
  let start = 0;
  for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(start, cut);
    start = cut;
  }
}

async function read(text: string, cuts: number[] = []) {
  const bytes = Buffer.from(text);
  const events: WatchEvent<unknown>[] = [];
  let chunks = 0;
  const inside = cuts.map(cut => cut % (bytes.length + 1));
  for await (const event of readWatch(chunksOf(bytes, inside), () => {
    chunks += 1;
  })) {
    events.push(event);
  }
  return { events, chunks };
}

const object = (name: string) => ({ metadata: { name, resourceVersion: '5' } });
const line = (type: string, about: object) =>
  `${JSON.stringify({ type, object: about })}\n`;

describe('the stream of a watch', () => {
  it('gives the same events wherever it is cut, inside a character too', async () => {
    const names = ['a', 'größe', '猫', 'b'];
    const text = names.map(name => line('ADDED', object(name))).join('');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1000)), async cuts => {
        const { events } = await read(text, cuts);
        expect(
          events.map(event =>
            event.type === 'BOOKMARK'
              ? ''
              : (event.object as ReturnType<typeof object>).metadata.name,
          ),
        ).toEqual(names);
      }),
      { numRuns: 50 },
    );
  });

  it('gives bookmarks as positions', async () => {
    const { events } = await read(
      line('BOOKMARK', { metadata: { resourceVersion: '42' } }),
    );
    expect(events).toEqual([{ type: 'BOOKMARK', resourceVersion: '42' }]);
  });

  it('passes over empty lines, and a last line that was cut off', async () => {
    const { events } = await read(
      `\n\n${line('DELETED', object('a'))}{"type":"AD`,
    );
    expect(events).toHaveLength(1);
  });

  it('takes two megabytes in one line', async () => {
    const big = { ...object('a'), text: 'x'.repeat(2 * 1024 * 1024) };
    const { events } = await read(line('ADDED', big), [1000, 70_000]);
    expect(events).toHaveLength(1);
  });

  it('tells the watchdog of each chunk', async () => {
    expect((await read(line('ADDED', object('a')), [3, 9])).chunks).toBe(3);
  });

  it('throws the status of an ERROR event, with the time to wait', async () => {
    const status = {
      code: 429,
      reason: 'TooManyRequests',
      details: { retryAfterSeconds: 3 },
    };
    await expect(read(line('ERROR', status))).rejects.toMatchObject({
      status: 429,
      retryAfterMs: 3000,
    });
    await expect(
      read(line('ERROR', { code: 410, reason: 'Expired' })),
    ).rejects.toMatchObject({ status: 410 });
  });

  it.each([
    ['no JSON', 'garbage\n'],
    ['an unknown type', line('INVENTED', object('a'))],
    ['no object', '{"type":"ADDED"}\n'],
    ['a bookmark without a position', line('BOOKMARK', { metadata: {} })],
  ])('throws on %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ reason: 'BadStream' });
  });

  it('throws when a line has no end', async () => {
    await expect(read('x'.repeat(16 * 1024 * 1024 + 1))).rejects.toMatchObject({
      reason: 'BadStream',
    });
  });
});
