import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PageRecord } from '@agentworkloads/api';
import { startEgress, type TestEgress } from '../../../test/support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
} from '../../../test/support/harness';
import { startSite, type TestSite } from '../../../test/support/site';
import { scrapeStep } from './step';

const html = (script: string) =>
  `<title>T</title><p>Plan $5 a month</p><script>${script}</script>`;
const drip =
  (first: string) => (_request: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write(first);
    const timer = setInterval(() => response.write(' '), 200);
    response.on('close', () => clearInterval(timer));
  };
const to =
  (location: string) => (_request: unknown, response: ServerResponse) =>
    void response.writeHead(302, { location }).end();

/** A page that has loaded, and then wants to be somewhere else that is no page. */
const LEAVING = {
  '/mailto': html("location = 'mailto:a@b.test'"),
  '/tel': html("location = 'tel:+123'"),
  '/program': html("location = 'myapp://open'"),
  '/later': html("setTimeout(() => { location = 'mailto:a@b.test' }, 300)"),
  '/download': html("setTimeout(() => { location = '/data.csv' }, 100)"),
  '/download-now': html("location = '/data.csv'"),
  '/nothing': html("location = '/no-content'"),
  '/ftp': `<meta http-equiv="refresh" content="0;url=ftp://ftp.test/x">${html(
    '',
  )}`,
  '/trickle': drip(html('')),
};

let ground: Ground;
let site: TestSite;
let egress: TestEgress;
let robots: TestSite;
let pages: PageRecord[];
const record = (path: string, of = site) =>
  pages.find(({ url }) => url === of.origin + path)!;

beforeAll(async () => {
  ground = await startGround();
  robots = await startSite({
    '/robots.txt': to('file:///etc/passwd'),
    '/': html(''),
  });
  site = await startSite({
    ...LEAVING,
    '/data.csv': (_q, r) =>
      void r
        .writeHead(200, {
          'content-type': 'text/csv',
          'content-disposition': 'attachment',
        })
        .end('a,b'),
    '/no-content': (_q, r) => void r.writeHead(204).end(),
    '/silent': drip('<title>T</title>'),
    '/to-data': to('data:text/html,<p>x</p>'),
    '/to-file': to('file:///etc/passwd'),
    '/to-chrome': to('chrome://version'),
    '/robots.txt': '',
  });
  egress = await startEgress({
    allow: [`127.0.0.1:${site.port}`, `127.0.0.1:${robots.port}`],
  });
  const paths = [
    ...Object.keys(LEAVING),
    '/silent',
    '/to-data',
    '/to-file',
    '/to-chrome',
    '/data.csv',
  ];
  const run = await startRun(ground, {
    urls: [...paths.map(path => site.origin + path), `${robots.origin}/`],
    egressUrl: egress.url,
    env: { PAGE_TIMEOUT_MS: '5000', PAGE_SETTLE_MS: '1500' },
  });
  await run.run(anyStep(scrapeStep));
  ({ pages } = await run.manifest());
  await run.close();
}, 240_000);
afterAll(() =>
  Promise.all([ground.close(), site.close(), robots.close(), egress.close()]),
);

describe('a page that loaded and wants to leave', () => {
  it.each(Object.keys(LEAVING))('%s is read all the same', async path => {
    const { reason, status, textKey, finalUrl } = record(path);
    expect({ reason, status, finalUrl }).toEqual({
      reason: undefined,
      status: 200,
      finalUrl: site.origin + path,
    });
    expect(await ground.s3.text(textKey!)).toContain('Plan $5 a month');
  });
});

describe('the reason', () => {
  it('of a page that never showed anything is the time', () => {
    expect(record('/silent').reason).toBe('TIMEOUT');
  });

  it('of a file is that it is no page', () => {
    expect(record('/data.csv').reason).toBe('NOT_HTML');
  });

  it.each([
    ['/to-data', 'data:'],
    ['/to-file', 'file:'],
    ['/to-chrome', 'chrome:'],
  ])('of %s names where it leads: %s', (path, scheme) => {
    expect(record(path)).toMatchObject({
      reason: 'NOT_HTML',
      detail: expect.stringContaining(`a ${scheme} address`),
      redirects: [],
    });
  });

  it('of a robots.txt that is moved to a file is said', () => {
    expect(record('/', robots)).toMatchObject({
      reason: 'ROBOTS_DISALLOWED',
      detail: expect.stringContaining('moved'),
    });
  });
});
