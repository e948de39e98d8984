import { describe, expect, it } from '@jest/globals';
import { fakeClock } from '../../../test/support/clock';
import { EgressError, type EgressClient } from '../../clients/egress-client';
import { createRobots } from './robots';

type Answer =
  | { status: number; body?: string; headers?: Record<string, string> }
  | Error;

function robots(answers: Answer[]) {
  const asked: string[] = [];
  const clock = fakeClock();
  const egress: EgressClient = {
    async get(url) {
      const answer = answers[Math.min(asked.push(url), answers.length) - 1];
      if (answer instanceof Error) throw answer;
      return {
        url,
        headers: {},
        ...answer,
        body: Buffer.from(answer.body ?? ''),
      };
    },
    probe: async () => undefined,
  };
  const checker = createRobots({
    clock,
    signal: new AbortController().signal,
    userAgent: 'ua',
    crawlDelayCapMs: 10_000,
    retryAfterCapMs: 60_000,
  });
  const ask = (url: string) =>
    checker.check(url, egress).then(
      ({ crawlDelayMs }) => crawlDelayMs,
      error => error.outcome?.reason ?? error.name,
    );
  return { ask, asked, clock };
}

describe('robots.txt', () => {
  it.each([200, 204])(
    'with status %i and no rules allows all',
    async status => {
      expect(await robots([{ status }]).ask('https://a.test/x')).toBe(0);
    },
  );

  it.each([400, 401, 403, 404, 410])(
    'with status %i allows all',
    async status => {
      expect(
        await robots([{ status, body: 'User-agent: *\nDisallow: /' }]).ask(
          'https://a.test/x',
        ),
      ).toBe(0);
    },
  );

  it.each([500, 503, 429])(
    'with status %i disallows all for now, after a second try',
    async status => {
      const { ask, asked } = robots([{ status }]);
      expect(await ask('https://a.test/x')).toBe('ROBOTS_DISALLOWED');
      expect(asked).toHaveLength(2);
    },
  );

  it('that recovers is obeyed', async () => {
    const { ask, clock } = robots([
      { status: 503, headers: { 'retry-after': '3' } },
      { status: 200 },
    ]);
    expect(await ask('https://a.test/x')).toBe(0);
    expect(clock.slept).toEqual([3000]);
  });

  it.each([
    'EGRESS_BLOCKED',
    'DNS_FAILED',
    'TIMEOUT',
    'CONNECTION_FAILED',
    'TLS_FAILED',
  ] as const)('of a host with %s gives the page that reason', async reason => {
    expect(
      await robots([new EgressError(reason, 'x')]).ask('https://a.test/x'),
    ).toBe(reason);
  });

  it('moved to where nobody gets disallows; moved in a circle is none', async () => {
    const moved = new EgressError('EGRESS_BLOCKED', 'x');
    moved.redirected = true;
    expect(await robots([moved]).ask('https://a.test/x')).toBe(
      'ROBOTS_DISALLOWED',
    );
    expect(
      await robots([new EgressError('TOO_MANY_REDIRECTS', 'x')]).ask(
        'https://a.test/x',
      ),
    ).toBe(0);
  });

  it('is asked once for each origin', async () => {
    const { ask, asked } = robots([{ status: 200 }]);
    await Promise.all([
      ask('https://a.test/x'),
      ask('https://a.test/y'),
      ask('http://a.test/x'),
    ]);
    expect(asked.sort()).toEqual([
      'http://a.test/robots.txt',
      'https://a.test/robots.txt',
    ]);
  });

  it('may name us, and then its other rules are not ours', async () => {
    const body =
      'User-agent: AgentWorkloads\nDisallow: /a\nCrawl-delay: 3\n\nUser-agent: *\nDisallow: /';
    const { ask } = robots([{ status: 200, body }]);
    expect(await ask('https://a.test/a')).toBe('ROBOTS_DISALLOWED');
    expect(await ask('https://a.test/b')).toBe(3000);
  });

  it('may ask to wait, up to the cap', async () => {
    expect(
      await robots([
        { status: 200, body: 'User-agent: *\nCrawl-delay: 999' },
      ]).ask('https://a.test/'),
    ).toBe(10_000);
  });

  it('that is a web page has no rules', async () => {
    expect(
      await robots([
        { status: 200, body: '<!doctype html><p>Disallow: /' },
      ]).ask('https://a.test/'),
    ).toBe(0);
  });

  it('does not hide that the proxy is away, and is asked again then', async () => {
    const away = Object.assign(new Error('proxy'), { name: 'RetryableError' });
    const { ask } = robots([away, { status: 200 }]);
    expect(await ask('https://a.test/')).toBe('RetryableError');
    expect(await ask('https://a.test/')).toBe(0);
  });
});
