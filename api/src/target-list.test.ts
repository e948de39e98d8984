import { describe, expect, it } from '@jest/globals';
import { readTargets, targetsOfInput } from './target-list';

const A = 'https://a.example/pricing';
const B = 'https://b.example/plans';

const linesOf = (text: string) => readTargets(text).lines;
const kindsOf = (text: string) =>
  readTargets(text).mends.map(({ kind, sameness }) => sameness ?? kind);

describe('a paste', () => {
  it.each([
    ['commas', `${A},${B}`],
    ['commas and blanks', `${A}, ${B}`],
    ['semicolons', `${A};${B};`],
    ['tabs of a spreadsheet', `${A}\t${B}`],
    ['quoted cells', `"${A}","${B}"`],
    ['single quotes', `'${A}', '${B}'`],
    ['typographic quotes', `„${A}“ und “${B}”`],
    ['bullets', `- ${A}\n* ${B}`],
    ['other bullets', `• ${A}\n– ${B}`],
    ['numbers', `1. ${A}\n2. ${B}`],
    ['numbers in brackets', `1) ${A}\n(2) ${B}`],
    ['a task list', `- [ ] ${A}\n- [x] ${B}`],
    ['links of Markdown', `[A](${A}) and [B](${B} "B's plans")`],
    ['emphasis', `**${A}** __${B}__`],
    ['a quotation', `> ${A}\n> <${B}>`],
    ['a table of Markdown', `| A | ${A} |\n|---|---|\n| B | ${B} |`],
    ['cells without blanks', `A,${A},2026-01-01\nB,${B},2026-01-02`],
    ['HTML', `<a href="${A}">A</a><a href="${B}">B</a>`],
    ['JSON', `["${A}","${B}"]`],
    ['a sentence', `See ${A}, and (for plans) ${B}.`],
    ['names before them', `A: ${A}\nB=${B}`],
    ['bare hosts', 'a.example/pricing b.example/plans'],
    ['without the scheme', '//a.example/pricing\n//b.example/plans'],
    [
      'capitals and ports',
      'HTTPS://A.Example:443/pricing\nhttps://B.EXAMPLE/plans',
    ],
    ['blank lines', `\r\n${A}\r\n\r\n  ${B}  \n`],
    ['characters that are not seen', `\ufeff${A}\u200b\n\u200e${B}`],
    ['marks of other scripts', `${A}、${B}。 ${A}，${B}`],
  ])('of %s becomes one address a line', (_, text) => {
    expect(linesOf(text)).toEqual([A, B]);
  });

  it.each([
    'https://a.example/news,article-12;v=1?x=(a,b)#c',
    'https://a.example/@52.5163,13.3777,15z/data=!3m1',
    'https://a.example/x;jsessionid=ab.cd?u=1;2',
    'https://a.example/wiki/Foo_(bar)',
    'https://a.example/wiki/Apple_Inc.',
    'https://a.example/wiki/Yahoo!',
    "https://a.example/o'neil,pricing",
    'https://a.example/?ids[]=1,2&f={a}|b',
    'https://a.example/r?to=https://b.example/y,z',
    'https://a.example/r?to=https://b.example%2Chttps://c.example',
    'https://web.archive.example/web/2026/https://b.example/x',
    'https://a.example/_x_',
    'https://a.example/list,index.html',
    'https://müller.example/größe',
    'http://[2606:4700::1111]:8080/x',
    'http://tidepool.localhost:4180/pricing',
    'https://a.example/#/plans',
    'https://a.example',
    'https://a.example/compare/x.com,y.com',
    'https://a.example/compare/x.com|y.com',
    'https://a.example/foo,1518,index.html?x',
    'https://a.example/?hosts=a.com,b.com',
    'https://a.example/?to=www.b.example,www.c.example',
    'https://a.example/p;Acme;12',
    'https://a.example/\u0645\u06cc\u200c\u062e',
  ])('leaves %s as it is', url => {
    expect(readTargets(`${url}\n${B}`)).toEqual({ lines: [url, B], mends: [] });
  });

  it.each([
    ['www.a.example/pricing', 'https://www.a.example/pricing'],
    ['a.example', 'https://a.example'],
    ['localhost:4180/x', 'http://localhost:4180/x'],
    ['10.1.2.3:80/x', 'http://10.1.2.3/x'],
    ['wiki.internal', 'http://wiki.internal'],
  ])('gives %s its scheme', (text, url) => {
    expect(linesOf(text)).toEqual([url]);
    expect(kindsOf(text)).toEqual(['scheme']);
  });

  it.each([
    'Tidepool and CloudHarbor',
    'e.g. the prices.Then the plans',
    'bob@a.example',
    'prices.pdf',
    'version 1.2.3',
    'ftp://a.example/x',
    'mailto:bob@a.example',
    '12:30',
  ])('keeps what can’t be read: %s', text => {
    expect(linesOf(`${A}\n${text}`)).toEqual([A, text]);
    expect(kindsOf(text)).toEqual([]);
  });

  it('keeps a password, for a person to take out', () => {
    expect(linesOf('https://bob:pw@A.example/')).toEqual([
      'https://bob:pw@A.example/',
    ]);
  });

  it.each([
    ['a slash at the end', '/', 'slash'],
    ['a place in the page', '#faq', 'fragment'],
    ['both', '/#faq', 'slash'],
    ['nothing', '', 'same'],
  ])('names a page once that differs by %s', (_, end, sameness) => {
    expect(readTargets(`${A}\n${A}${end}`)).toEqual({
      lines: [A],
      mends: [{ kind: 'repeated', line: 2, from: A + end, to: [A], sameness }],
    });
  });

  it('takes routes, parameters and schemes for other pages', () => {
    const pages = [
      'https://a.example/#/plans',
      'https://a.example/#!faq',
      'https://a.example/?p=1',
      'https://a.example/?p=2',
      'http://a.example/?p=2',
    ];
    expect(linesOf(pages.join('\n'))).toEqual(pages);
  });

  it.each([
    ['a soft hyphen', 'https://a.exam\u00adple/p'],
    ['a mark of direction', '\u202ahttps://a.example/p\u202c'],
    ['an isolate', '\u2066https://a.example/p\u2069'],
    ['a joiner in the host', 'https://a.ex\u200dample/p'],
    ['a joiner at the end', 'https://a.example/p\u200c'],
  ])('of %s is told as mended', (_, text) => {
    expect(linesOf(text)).toEqual(['https://a.example/p']);
    expect(kindsOf(text)).toEqual(['tidied']);
  });

  it('reads the ampersands of the source of a page', () => {
    const url = 'https://a.example/p?a=1&amp;b=2';
    expect(linesOf(`<a href="${url}">`)).toEqual([
      'https://a.example/p?a=1&b=2',
    ]);
    expect(linesOf(url)).toEqual([url]);
  });

  it.each([
    [`[${A}](${A})`, ['tidied']],
    [`[a.example](${A})`, ['tidied']],
    [`[${B}](${A})`, ['tidied', 'leftOut']],
    [`[b.example](${A})`, ['tidied', 'leftOut']],
  ])('tells what the text of a link named: %s', (text, kinds) => {
    expect(linesOf(text)).toEqual([A]);
    expect(kindsOf(text)).toEqual(kinds);
  });

  it.each([
    ['Booking.com https://b.example/p', 'Booking.com'],
    ['Version 1.2.3.4 of a.example/p', '1.2.3.4'],
  ])('tells of a name that it took for a page: %s', (text, name) => {
    const guessed = readTargets(text).mends.filter(
      ({ kind }) => kind === 'guessed',
    );
    expect(guessed.map(({ from }) => from)).toEqual([name]);
  });

  it('tells what it did, by line', () => {
    const { mends } = readTargets(
      `A: ${A}\n${A},${B}\nwww.c.example\n(https://d.example)`,
    );
    expect(mends).toEqual([
      { kind: 'tidied', line: 1, from: `A: ${A}`, to: [A] },
      { kind: 'leftOut', line: 1, from: 'A:', to: [] },
      { kind: 'apart', line: 2, from: `${A},${B}`, to: [A, B] },
      { kind: 'repeated', line: 2, from: A, to: [A], sameness: 'same' },
      {
        kind: 'scheme',
        line: 3,
        from: 'www.c.example',
        to: ['https://www.c.example'],
      },
      {
        kind: 'tidied',
        line: 4,
        from: '(https://d.example)',
        to: ['https://d.example'],
      },
    ]);
  });

  it.each([
    `${A};${B}`,
    `See https://a.example/wiki/Yahoo! and "www.b.example/a,b", c.example.`,
    `x\n${A}/\n${A}#x\nftp://x`,
  ])('that is mended needs no more mending', text => {
    const { lines } = readTargets(text);
    expect(readTargets(lines.join('\n'))).toEqual({ lines, mends: [] });
  });

  it.each(['))', '](', '[a](a.b', ',,', 'a.', '_-', ',www.', '\u200c'])(
    'of 100 KB of %s is read at once',
    text => {
      const from = performance.now();
      readTargets(`https://a.example/${text.repeat(100_000 / text.length)}x`);
      readTargets(text.repeat(100_000 / text.length));
      expect(performance.now() - from).toBeLessThan(3_000);
    },
  );
});

describe('rows of a table', () => {
  it.each([
    ['semicolons', `${A};Acme;12\n${B};Beta;13`],
    ['commas', `${A},Acme Inc,12\n${B},Beta,13`],
    ['bars', `|${A}|Acme|12|\n|${B}|Beta|13|`],
    ['tabs', `${A}\tAcme Inc\n${B}\tBeta`],
    ['quotes', `"Acme, Inc","${A}","1,2"\n"Beta","${B}","3"`],
    ['headings', `Name;URL\nAcme;${A}\nBeta;${B}`],
    ['names like hosts', `Booking.com;${A}\nAcme;${B}`],
    ['two kinds', `${A};x|Acme\n${B};x|Beta`],
  ])('with %s give the column of addresses and tell the rest', (_, text) => {
    const { lines } = readTargets(text);
    expect(lines).toEqual([A, B]);
    expect(new Set(kindsOf(text))).toEqual(new Set(['leftOut']));
    expect(readTargets(lines.join('\n'))).toEqual({ lines, mends: [] });
  });

  it.each([
    `${A},1518,a.html\n${B},1518,b.html`,
    `${A};v=1\n${B};v=2`,
    `${A}?u=1;2\n${B}?u=3;4`,
  ])('are not seen in %s', text => {
    expect(readTargets(text)).toEqual({ lines: text.split('\n'), mends: [] });
  });

  it('are seen among addresses that stood in one line', () => {
    const { lines } = readTargets(`${A};x;y ${B};x;z`);
    expect(lines).toEqual([A, B]);
  });
});

describe('the input of a program', () => {
  it('is read in the same way', () => {
    expect(targetsOfInput([`${A},${B}`, 'www.c.example', B])).toEqual({
      urls: [A, B, 'https://www.c.example'],
      problems: [],
    });
  });

  it('keeps pages that only a person can call the same', () => {
    const urls = [A, `${A}/`, `${A}#faq`];
    expect(targetsOfInput(urls)).toEqual({ urls, problems: [] });
  });

  it('keeps what is no address, for the schema to refuse', () => {
    const urls = ['', 'ftp://a.example', 'https://bob:pw@a.example/'];
    expect(targetsOfInput(urls)).toEqual({ urls, problems: [] });
  });

  it.each([
    [`${A} list`, /targetUrls\[0\] has more than an address: "list"/],
    ['https://a.example,foo', /"foo" stands beside it/],
    [`${A}/long-…`, /targetUrls\[0\] is cut short/],
    [`Booking.com ${A}`, /"Booking.com" beside other words/],
    ['https://a.example/p\u0001x', /not seen/],
    ['http://https://a.example/p', /two schemes/],
    [`${A}${B}`, /"https:\/\/b.example\/plans" is glued/],
  ])('is refused where something would be lost: %s', (text, message) => {
    const { problems } = targetsOfInput([text]);
    expect(problems).toEqual([expect.stringMatching(message)]);
  });
});
