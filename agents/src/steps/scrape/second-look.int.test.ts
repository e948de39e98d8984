import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Baseline, ChangesFile, Manifest } from '@agentworkloads/api';
import { startEgress, type TestEgress } from '../../../test/support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from '../../../test/support/harness';
import { changesOf, completed } from '../../../test/support/saved-run';
import { startSite, type TestSite } from '../../../test/support/site';
import { told } from '../../../test/observed-runs';
import { domStep } from '../dom/step';
import { scrapeStep } from './step';

/** One baseline of four pages; then each page changes in its own way, and a run visits them again. */

const card = (price: string) =>
  `<html lang="en"><head><title>Acme</title></head><body><main><h1>Plans that fit</h1>
  <div><div><h2>Starter</h2><p>$9 per month</p></div><div><h2>Pro</h2><p>${price} per month</p></div></div></main></body></html>`;

/** What each page says at its first, second and third visit; the first is that of the baseline. */
const PAGES: Record<string, readonly [string, string, string]> = {
  '/dearer': ['$29', '$35', '$35'],
  '/lottery': ['$29', '$35', '$33'],
  '/steady': ['$29', '$29', '$29'],
  '/gone-again': ['$29', '$35', ''],
};

let ground: Ground;
let egress: TestEgress;
let site: TestSite;
const runs: TestRun[] = [];
const visits = new Map<string, number[]>();

async function run(baseline?: Baseline): Promise<TestRun> {
  const started = await startRun(ground, {
    urls: Object.keys(PAGES).map(path => `${site.origin}${path}`),
    egressUrl: egress.url,
    env: {
      PAGE_SETTLE_MS: '1000',
      SECOND_LOOK_AFTER_MS: '3000',
      ...(baseline && { BASELINE: JSON.stringify(baseline) }),
    },
  });
  runs.push(started);
  await started.run(anyStep(scrapeStep));
  await started.giveInput(
    'manifest',
    await started.readOutput('manifest.json'),
  );
  await started.run(anyStep(domStep));
  return started;
}

let manifest: Manifest;
let changes: ChangesFile;
let again: TestRun;

const pageOf = (path: string) =>
  manifest.pages.find(({ url }) => url.endsWith(path));

beforeAll(async () => {
  ground = await startGround();
  site = await startSite((request, response) => {
    const path = request.url ?? '/';
    const said = PAGES[path];
    if (!said) return void response.writeHead(404).end();
    const times = visits.get(path) ?? [];
    visits.set(path, [...times, Date.now()]);
    const price = said[Math.min(times.length, 2)];
    if (!price) return void response.writeHead(503).end('down');
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(card(price));
  });
  egress = await startEgress({ allow: [`127.0.0.1:${site.port}`] });
  const first = await run();
  again = await run(await completed(ground, first));
  manifest = await again.manifest();
  changes = await changesOf(again);
});
afterAll(async () => {
  for (const each of runs) await each.close();
  await egress?.close();
  await site?.close();
  await ground?.close();
});

describe('a page that says another price than the baseline', () => {
  it('is visited once more, later, and both looks are saved apart', () => {
    const [, first, second] = visits.get('/dearer') ?? [];
    expect(second - first).toBeGreaterThanOrEqual(3000);
    const page = pageOf('/dearer');
    expect(page?.secondLook?.textKey).toBe(
      page?.textKey?.replace('page.txt', 'second-look/page.txt'),
    );
    expect(page?.secondLook?.textSha256).toBe(page?.textSha256);
  });

  it('has changed where both looks say so', () => {
    expect(told(changes.changes)).toEqual([
      'changed amount price, Pro: 29 -> 35',
      'changed amount price, Pro: 29 -> 35',
    ]);
    expect(changes.changes.map(({ url }) => new URL(url).pathname)).toEqual([
      '/dearer',
      '/gone-again',
    ]);
  });

  it('is unstable where they disagree, and seen once where there was but one', () => {
    expect(
      changes.notCompared.map(({ url, reason }) => [
        new URL(url).pathname,
        reason,
      ]),
    ).toEqual([
      ['/lottery', 'UNSTABLE'],
      ['/gone-again', 'SEEN_ONCE'],
    ]);
    expect(pageOf('/gone-again')?.secondLook?.reason).toBe('HTTP_ERROR');
  });
});

describe('a page that says the same', () => {
  it('is visited once', () => {
    expect(visits.get('/steady')).toHaveLength(2);
    expect(pageOf('/steady')).not.toHaveProperty('secondLook');
  });
});

describe('the run after one that could not tell a price', () => {
  it('tells what both of its own looks say against the last sure run, once', async () => {
    const third = await run(await completed(ground, again));
    const { changes: next, notCompared } = await changesOf(third);
    expect(told(next)).toEqual(['changed amount price, Pro: 29 -> 33']);
    expect(next[0].was?.workflowUid).toBe(runs[0].uid);
    expect(new URL(next[0].url).pathname).toBe('/lottery');
    const { pages } = await third.manifest();
    const seen = pages.find(({ url }) => url.endsWith('/lottery'));
    expect(seen?.secondLook).toMatchObject({ textSha256: seen?.textSha256 });
    expect(
      notCompared.map(({ url, reason }) => [new URL(url).pathname, reason]),
    ).toEqual([['/gone-again', 'NOT_OBSERVED_NOW']]);
  });
});

describe('the run after one that did not see a page', () => {
  it('looks twice at what differs from the last time that it was seen', async () => {
    const third = runs[2];
    PAGES['/gone-again'] = ['$39', '$39', '$39'];
    const fourth = await run(await completed(ground, third));
    const { changes: found, notCompared } = await changesOf(fourth);
    expect(notCompared).toEqual([]);
    expect(
      found.map(({ url, before, after, was }) => [
        new URL(url).pathname,
        before,
        after,
        runs.findIndex(({ uid }) => uid === was?.workflowUid),
      ]),
    ).toEqual([['/gone-again', 35, 39, 1]]);
    const seen = (await fourth.manifest()).pages.find(({ url }) =>
      url.endsWith('/gone-again'),
    );
    expect(seen?.secondLook).toMatchObject({ textSha256: seen?.textSha256 });
  });
});

describe('a pod that is lost after its second looks', () => {
  it('writes the same manifest, and visits nothing again', async () => {
    const before = await again.readOutput('manifest.json');
    const seen = JSON.stringify([...visits]);
    await again.run(anyStep(scrapeStep));
    expect(await again.readOutput('manifest.json')).toBe(before);
    expect(JSON.stringify([...visits])).toBe(seen);
  });
});
