/* eslint-disable no-script-url -- the tests are about such URLs */
import { checkUrlList } from './urlList';
import { english } from '../__testUtils__/words';

const problemsOf = (text: string) =>
  checkUrlList(text, english).problems.map(({ line, severity, message }) => ({
    line,
    severity,
    message,
  }));

describe('checkUrlList', () => {
  it.each([
    ['no scheme', 'a.example/pricing', /begin with https/],
    ['another scheme', 'file:///etc/passwd', /Only http/],
    ['script', 'javascript:alert(1)', /Only http/],
    ['credentials', 'https://bob:secret@a.example/', /user name and password/],
    ['an empty name before @', 'https://@a.example/', /user name and password/],
    ['a space', 'https://a.example/x y', /no spaces/],
    ['two in one', 'https://a.example/x,https://b.example', /More than one/],
    ['a word beside it', 'https://a.example,foo', /words beside it/],
    ['a shortened one', 'https://a.example/pric...', /cut short/],
    ['no host', 'https://', /not a URL/],
    ['too long', `https://a.example/${'x'.repeat(2048)}`, /Longer than/],
  ])('finds %s', (_, url, message) => {
    expect(problemsOf(url)).toEqual([
      {
        line: 1,
        severity: 'error',
        message: expect.stringMatching(message) as string,
      },
    ]);
  });

  it('finds the same page twice, however it is written', () => {
    expect(problemsOf('https://a.example\nhttps://A.example/')).toEqual([
      {
        line: 2,
        severity: 'error',
        message: expect.stringContaining('line 1'),
      },
    ]);
  });

  it('warns of what is most likely the same page', () => {
    expect(problemsOf('https://a.example/x\nhttps://a.example/x/#faq')).toEqual(
      [
        {
          line: 2,
          severity: 'warning',
          message: expect.stringContaining('line 1') as string,
        },
      ],
    );
  });

  it('asks whether the end of an address belongs to it', () => {
    expect(problemsOf('https://a.example/p;Acme;12')).toEqual([
      {
        line: 1,
        severity: 'warning',
        message: expect.stringContaining('“;Acme;12”') as string,
      },
    ]);
  });

  it('warns of private hosts, unless they are allowed', () => {
    const text = 'http://192.168.1.4/\nhttp://wiki.internal/';
    const isAllowed = (url: string) => url.includes('wiki');
    expect(checkUrlList(text, english, { isAllowed }).problems).toMatchObject([
      { line: 1, severity: 'warning' },
    ]);
  });

  it('takes what will be mended as if it were', () => {
    const check = checkUrlList(
      'www.a.example, b.example\nnothing\nhttps://b.example/',
      english,
      { willBeMended: true },
    );
    expect(check.urls).toEqual([
      'https://www.a.example',
      'https://b.example',
      'nothing',
    ]);
    expect(check.problems).toMatchObject([{ line: 2, text: 'nothing' }]);
  });

  it('counts 500 URLs as enough and 501 as too many', () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, i) => `https://a.example/${i}`).join(
        '\n',
      );
    expect(checkUrlList(list(500), english).listProblems).toEqual([]);
    expect(checkUrlList(list(501), english).listProblems).toHaveLength(1);
  });

  it('finds a list of more than 64 KiB', () => {
    const list = Array.from(
      { length: 40 },
      (_, i) => `https://a.example/${i}${'x'.repeat(1900)}`,
    ).join('\n');
    expect(checkUrlList(list, english).listProblems).toHaveLength(1);
  });
});
