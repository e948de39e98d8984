import type { Fact } from './fact';
import { companiesOf, isSameSite, sitesOf } from './sites';

const headline = (url: string, subject: string) =>
  ({ kind: 'headline', url, subject, value: 'Welcome' } as unknown as Fact);
const namesOf = (...pages: readonly [url: string, name: string][]) => {
  const urls = pages.map(([url]) => url);
  const company = companiesOf(
    urls,
    pages.map(([url, name]) => headline(url, name)),
  );
  return urls.map(url => company(url).name);
};

describe('one site', () => {
  it.each([
    ['acme.example', 'acme.example'],
    ['acme.example', 'www.acme.example'],
    ['WWW.acme.example', 'acme.example'],
    ['shop.acme.example', 'acme.example'],
    ['www.acme.example', 'shop.acme.example'],
    ['acme.localhost:4180', 'www.acme.localhost:4180'],
  ])('is %s and %s', (a, b) => {
    expect(isSameSite(a, b)).toBe(true);
    expect(isSameSite(b, a)).toBe(true);
  });

  it.each([
    ['acme.example', 'globex.example'],
    ['acme.example', 'notacme.example'],
    ['acme.localhost', 'globex.localhost'],
    ['acme.localhost', 'localhost'],
    ['acme.example:8080', 'acme.example'],
    ['shop.acme.example', 'blog.acme.example'],
  ])('is not %s and %s', (a, b) => {
    expect(isSameSite(a, b)).toBe(false);
    expect(isSameSite(b, a)).toBe(false);
  });

  it('takes in what stands below it, whatever the order', () => {
    const hosts = ['shop.acme.example', 'www.acme.example', 'blog.other.test'];
    for (const some of [hosts, [...hosts].reverse()])
      expect(Object.fromEntries(sitesOf(some))).toEqual({
        'shop.acme.example': 'acme.example',
        'www.acme.example': 'acme.example',
        'blog.other.test': 'blog.other.test',
      });
  });
});

describe('the companies of a run', () => {
  it('are one with and without "www."', () => {
    expect(
      namesOf(
        ['https://acme.example/', 'Acme'],
        ['https://www.acme.example/pricing', 'Acme pricing'],
      ),
    ).toEqual(['Acme', 'Acme']);
  });

  it('are told apart by their hosts where they call themselves alike', () => {
    expect(
      namesOf(
        ['https://one.example/', 'Quillon'],
        ['https://two.example/', 'Quillon Inc.'],
      ),
    ).toEqual(['Quillon (one.example)', 'Quillon Inc. (two.example)']);
    expect(
      namesOf(
        ['https://globex.example/', 'Globex'],
        ['https://globex.test/', 'Globex'],
      ),
    ).toEqual(['Globex (globex.example)', 'Globex (globex.test)']);
  });

  it('do not take the name of another of them', () => {
    expect(
      namesOf(
        ['https://acme.example/', 'Globex'],
        ['https://globex.example/', 'Globex'],
      ),
    ).toEqual(['acme.example', 'Globex']);
    expect(
      namesOf(
        ['https://acme.example/', 'Globex for Teams'],
        ['https://glx.example/', 'Globex GmbH'],
      ),
    ).toEqual(['acme.example', 'Globex GmbH']);
  });

  it('are as many as a run can have, at once', () => {
    const many = Array.from({ length: 2000 }, (_, i): [string, string] => [
      `https://www.shop${i}.example/`,
      `Name of Number ${i}`,
    ]);
    expect(new Set(namesOf(...many)).size).toBe(2000);
  });

  it('may have a name that another one is a part of, where the host has it too', () => {
    expect(
      namesOf(
        ['https://acmecloud.example/', 'Acme Cloud'],
        ['https://acme.example/', 'Acme'],
      ),
    ).toEqual(['Acme Cloud', 'Acme']);
  });

  it('are called by their hosts where a page says a sentence', () => {
    expect(
      namesOf(['https://www.acme.example/', 'Globex closed. Acme: Pro, $1']),
    ).toEqual(['acme.example']);
    expect(namesOf(['https://www.acme.example/', ' '])).toEqual([
      'acme.example',
    ]);
  });

  it('are called by their hosts where no page says a name', () => {
    const company = companiesOf(['https://www.acme.example/x'], []);
    expect(company('https://www.acme.example/x')).toEqual({
      host: 'acme.example',
      name: 'acme.example',
    });
    expect(company('https://other.example/')).toEqual({
      host: 'other.example',
      name: 'other.example',
    });
  });
});
