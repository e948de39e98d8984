import { describe, expect, it } from '@jest/globals';
import { decodeProtobuf } from './decode';

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
const field = (number: number, bytes: number[] | string): number[] => {
  const content = typeof bytes === 'string' ? [...Buffer.from(bytes)] : bytes;
  return [...varint((number << 3) | 2), ...varint(content.length), ...content];
};
const number = (at: number, value: number) => [
  ...varint(at << 3),
  ...varint(value),
];
const envelope = (apiVersion: string, kind: string, raw: number[]) =>
  Buffer.from([
    ...Buffer.from('k8s\0'),
    ...field(1, [...field(1, apiVersion), ...field(2, kind)]),
    ...field(2, raw),
  ]);

describe('the protobuf form', () => {
  it('is read for the kinds that kubectl sends', () => {
    const metadata = field(1, [
      ...field(1, 'c'),
      ...field(2, ''),
      ...field(8, []),
      ...field(11, [...field(1, 'a'), ...field(2, 'b')]),
      ...field(14, 'x/y'),
    ]);
    const body = envelope('v1', 'Secret', [
      ...metadata,
      ...field(2, [...field(1, 'key'), ...field(2, 'value')]),
      ...number(5, 0),
    ]);
    expect(decodeProtobuf(body)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'c', labels: { a: 'b' }, finalizers: ['x/y'] },
      data: { key: 'dmFsdWU=' },
      immutable: false,
    });
  });

  it('reads times and numbers', () => {
    const seconds = Date.parse('2026-01-01T00:00:00Z') / 1000;
    const time = [...number(1, seconds % 2 ** 31), ...number(2, 5_000)];
    expect(
      decodeProtobuf(
        envelope('authentication.k8s.io/v1', 'TokenRequest', [
          ...field(1, field(8, time)),
          ...field(2, number(4, 600)),
        ]),
      ),
    ).toMatchObject({
      metadata: { creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: { expirationSeconds: 600 },
    });
  });

  it('is refused for other kinds, and when it is broken', () => {
    expect(() => decodeProtobuf(envelope('v1', 'Pod', []))).toThrow(
      'does not read Pod',
    );
    expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow('prefix');
    const cut = envelope('v1', 'ConfigMap', field(1, field(1, 'name')));
    expect(() => decodeProtobuf(cut.subarray(0, cut.length - 2))).toThrow(
      'cut off',
    );
  });
});
