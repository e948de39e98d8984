import { pagesDone } from './scrapeProgress';

const line = (sha: string, msg: string) =>
  JSON.stringify({ level: 'info', name: 'scrape', urlSha256: sha, ms: 1, msg });

describe('pagesDone', () => {
  it('counts each page once, seen or not, or taken from an earlier try', () => {
    expect(
      pagesDone([
        line('aa', 'page observed'),
        line('bb', 'page not observed'),
        line('aa', 'page observed'),
        line('cc', 'page is slow'),
        line('dd', 'page was saved before, not visited again'),
        'page observed',
        '{"half": ',
      ]),
    ).toBe(3);
  });

  it('says nothing before the first', () => {
    expect(pagesDone([])).toBeUndefined();
    expect(pagesDone(['{"msg":"step started"}'])).toBeUndefined();
  });
});
