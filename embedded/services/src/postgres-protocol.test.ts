import { describe, expect, it } from '@jest/globals';
import {
  errorResponse,
  FrameReader,
  passwordOf,
  transactionState,
} from './postgres-protocol';

const int = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const startup = (text: string) => {
  const body = Buffer.concat([int(196608), Buffer.from(text)]);
  return Buffer.concat([int(body.length + 4), body]);
};
const message = (type: string, text: string) =>
  Buffer.concat([
    Buffer.from(type),
    int(Buffer.byteLength(text) + 4),
    Buffer.from(text),
  ]);

describe('the frames of a connection', () => {
  const bytes = Buffer.concat([
    Buffer.concat([int(8), int(80877103)]),
    startup('user\0alice\0\0'),
    message('p', 'secret\0'),
    message('Q', 'select 1\0'),
  ]);

  it.each([bytes.length, 1, 7])('are the same in pieces of %d bytes', size => {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += size) {
      frames.push(...reader.push(bytes.subarray(at, at + size)));
    }
    expect(
      frames.map(frame => (frame.kind === 'message' ? frame.type : frame.kind)),
    ).toEqual(['ssl-request', 'startup', 'p', 'Q']);
    expect(frames[1]).toMatchObject({ user: 'alice' });
    const password = frames[2];
    expect(password.kind === 'message' && passwordOf(password.bytes)).toBe(
      'secret',
    );
  });

  it.each([
    [
      'a message that is far too long',
      Buffer.concat([startup('\0'), Buffer.from('Q'), int(2 ** 30)]),
    ],
    [
      'a length that can’t be',
      Buffer.concat([startup('\0'), Buffer.from('Q'), int(1)]),
    ],
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['protocol 2', Buffer.concat([int(8), int(131072)])],
  ])('end at %s', (_what, garbage) => {
    expect(() => new FrameReader().push(garbage)).toThrow();
  });
});

describe('an answer', () => {
  it.each(['I', 'T', 'E'])('tells the state %s', state => {
    const ready = Buffer.from([0x5a, 0, 0, 0, 5, state.charCodeAt(0)]);
    expect(
      transactionState(Buffer.concat([errorResponse('1', 'x'), ready])),
    ).toBe(state);
  });

  it('without ReadyForQuery tells nothing', () => {
    expect(transactionState(errorResponse('28P01', 'no'))).toBeUndefined();
  });
});
