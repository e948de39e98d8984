import { describe, expect, it } from '@jest/globals';
import { readRobots } from './robots';
import { ROBOTS_LIMITS } from './visitor';

const SITE = 'https://acme.example';
const judge = (body: string, path: string) =>
  readRobots(body).judge(SITE + path);
const all = (...lines: string[]) => ['User-agent: *', ...lines].join('\n');

describe('a robots.txt', () => {
  it.each<[string, string, string, boolean]>([
    ['nothing', '', '/a', true],
    ['an empty Disallow', all('Disallow:'), '/a', true],
    ['all', all('Disallow: /'), '/a', false],
    ['the start of a path', all('Disallow: /a'), '/abc', false],
    ['another path', all('Disallow: /a'), '/b', true],
    ['small letters alone', all('Disallow: /A'), '/a', true],
    ['the longer rule', all('Disallow: /', 'Allow: /p'), '/prices', true],
    ['Allow, of two as long', all('Disallow: /p', 'Allow: /p'), '/p', true],
    ['a query', all('Disallow: /*?lang='), '/a?lang=de', false],
    ['anything between', all('Disallow: /a*/c'), '/a/b/b/c/d', false],
    ['an end', all('Disallow: /*.pdf$'), '/a.pdf', false],
    ['an end that is none', all('Disallow: /*.pdf$'), '/a.pdf?x=1', true],
    ['a whole path', all('Disallow: /a$'), '/a', false],
    ['a longer path', all('Disallow: /a$'), '/ab', true],
    ['an end that overlaps', all('Disallow: /ab*ba$'), '/aba', true],
    ['percent signs in both ways', all('Disallow: /%c3%bc'), '/ü', false],
    ['letters as they are', all('Disallow: /ü'), '/%C3%BC', false],
    ['a comment', all('Disallow: / # all of it'), '/a', false],
    ['lines of old', 'user-agent:*\rdisallow:/a', '/a', false],
    ['a mark at its start', '\uFEFFUser-agent: *\nDisallow: /', '/a', false],
    ['a rule of nobody', 'Disallow: /', '/a', true],
    ['another agent', 'User-agent: other\nDisallow: /', '/a', true],
    [
      'us, and not everybody',
      `${all('Disallow: /')}\n\nUser-agent: agentworkloads/2\nDisallow: /x`,
      '/a',
      true,
    ],
    [
      'us with others',
      'User-agent: other\nUser-agent: AgentWorkloads\nDisallow: /',
      '/a',
      false,
    ],
    [
      'us twice',
      'User-agent: AgentWorkloads\nDisallow: /a\n\nUser-agent: AgentWorkloads\nDisallow: /b',
      '/a',
      false,
    ],
    [
      'us, past a line that is no rule',
      'User-agent: AgentWorkloads\nSitemap: https://x.example/\nDisallow: /',
      '/a',
      false,
    ],
    ['a web page', '<!doctype html><p>Disallow: /', '/a', true],
  ])('that names %s', (_what, body, path, allowed) => {
    expect(judge(body, path).allowed).toBe(allowed);
  });

  it('is told by the line that decides', () => {
    const body = all('# ours', 'Disallow: /private', 'Allow: /private/prices');
    expect(judge(body, '/private/a')).toEqual({ allowed: false, line: 3 });
    expect(judge(body, '/private/prices')).toEqual({ allowed: true, line: 4 });
    expect(judge(body, '/')).toEqual({ allowed: true });
  });

  it.each([
    ['Crawl-delay: 3', 3],
    ['Crawl-delay: 0.5', 0.5],
    ['Crawl-delay: soon', 0],
    ['Crawl-delay: -1', 0],
    ['', 0],
  ])('asks to wait: %j', (line, seconds) => {
    expect(readRobots(all(line)).crawlDelay).toBe(seconds);
  });

  const filled = (line: string, from = '') =>
    (from + line.repeat(ROBOTS_LIMITS.bytes / line.length)).slice(
      0,
      ROBOTS_LIMITS.bytes,
    );
  const half = ROBOTS_LIMITS.bytes / 2;
  const agents = 'User-agent:a\n'.repeat(half / 13);
  const rules = 'Disallow:/\n'.repeat(half / 11);

  // A rule for each pair would be hundreds of millions.
  it('of many agents with many rules is read as any other', () => {
    expect(judge(agents + rules, '/a').allowed).toBe(true);
    expect(judge(`${agents}User-agent:*\n${rules}`, '/a').allowed).toBe(false);
  });

  it.each<[string, string, boolean]>([
    ['nothing but stars', filled('*', all('Disallow: /')), false],
    ['stars and letters', filled('*a', all('Disallow: /')), true],
    ['as many patterns as fit', filled('Disallow:*aab\n', all('')), true],
  ])('with %s has an answer', (_what, body, allowed) => {
    expect(judge(body, `/${'a'.repeat(2000)}`).allowed).toBe(allowed);
  });
});
