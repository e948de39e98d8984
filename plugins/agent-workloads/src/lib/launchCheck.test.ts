import { batchesOf } from './launchCheck';

const pages = (site: string, many: number) =>
  Array.from({ length: many }, (_, at) => `https://${site}.example/${at}`);

describe('pages that are asked about together', () => {
  it('are those of three sites, and those of one stay together', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(site => pages(site, 2));
    expect(batchesOf([a[0], b[0], c[0], d[0], a[1]])).toEqual([
      [a[0], a[1], b[0], c[0]],
      [d[0]],
    ]);
  });

  it('are at most twenty', () => {
    const sizes = batchesOf([...pages('a', 45), ...pages('b', 15)]).map(
      ({ length }) => length,
    );
    expect(sizes).toEqual([20, 20, 20]);
  });

  it('are whole, each once, whatever stands there', () => {
    const urls = [...pages('a', 3), 'no address', ...pages('b', 30)];
    expect(batchesOf(urls).flat().toSorted()).toEqual(urls.toSorted());
  });
});
