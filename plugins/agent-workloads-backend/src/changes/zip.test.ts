import { unzipped } from '../__testUtils__/unzipped';
import { zipOf } from './zip';

const FILES = [
  { path: 'a.txt', bytes: Buffer.from('once\n'.repeat(1_000)) },
  { path: 'ö/b.html', bytes: Buffer.from('<p>€</p>') },
  { path: 'empty', bytes: Buffer.alloc(0) },
];

describe('zipOf', () => {
  it('gives each file back', () => {
    const zip = zipOf(FILES);
    expect(zip.length).toBeLessThan(1_000);
    expect(unzipped(zip)).toEqual(
      Object.fromEntries(FILES.map(one => [one.path, one.bytes])),
    );
  });

  it('gives the same bytes for the same files', () => {
    expect(zipOf(FILES).equals(zipOf(FILES))).toBe(true);
  });
});
