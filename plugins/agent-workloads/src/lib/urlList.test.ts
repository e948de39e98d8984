/* eslint-disable no-script-url -- the tests are about such URLs */
import { checkUrlList, isPrivateHost } from './urlList';
import { english } from '../__testUtils__/words';

const problemsOf = (text: string) =>
  checkUrlList(text, english).problems.map(({ line, severity, message }) => ({
    line,
    severity,
    message,
  }));

describe('checkUrlList', () => {
  it.each([
    ['no scheme', 'a.example/pricing', /Begin with https/],
    ['another scheme', 'file:///etc/passwd', /Only http/],
    ['script', 'javascript:alert(1)', /Only http/],
    ['credentials', 'https://bob:secret@a.example/', /user name and password/],
    ['an empty name before @', 'https://@a.example/', /user name and password/],
    ['a space', 'https://a.example/x y', /no spaces/],
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

  it('warns of hosts that will not be visited', () => {
    expect(problemsOf('http://192.168.1.4/')).toMatchObject([
      { severity: 'warning' },
    ]);
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

describe('isPrivateHost', () => {
  it.each([
    'localhost',
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    'wiki.internal',
    'brightloop.localhost',
  ])('takes %s for private', host => expect(isPrivateHost(host)).toBe(true));

  it.each(['a.example', '8.8.8.8', '172.32.0.1', '[2606:4700::1111]'])(
    'takes %s for public',
    host => expect(isPrivateHost(host)).toBe(false),
  );
});
