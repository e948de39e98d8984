import { localeOf } from './locale';

describe('the rules that numbers and dates follow', () => {
  it.each([
    [
      'the reader’s own, of the language that is shown',
      ['fr', 'en-GB', 'en'],
      'en-GB',
    ],
    ['the language’s, where the reader names none of it', ['fr-FR'], 'en'],
    ['the language’s, of a browser that names nothing', [], 'en'],
    ['never those of a system without a locale', ['en-US@posix'], 'en'],
    ['the next that is one', ['en-US@posix', 'en-IE'], 'en-IE'],
  ])('are %s', (_what, preferred, expected) => {
    const locale = localeOf('en', preferred);
    expect(locale).toBe(expected);
    expect(() => new Date(0).toLocaleString(locale)).not.toThrow();
  });
});
