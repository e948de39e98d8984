import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import { startEgress } from '../support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
} from '../support/harness';
import { startSite } from '../support/site';
import { scrapeStep } from '../../src/steps/scrape/step';

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.close());

// A failed test must not leave servers behind: they would keep the runner alive.
const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map(clean => clean()));
});

/** Every way in which a page can ask for something, all at a host that is forbidden. */
const attack = (
  http: string,
  https: string,
  ws: string,
  stunPort: number,
) => `<html><head><title>Trap</title>
<link rel="icon" href="${http}/favicon"><link rel="prefetch" href="${http}/prefetch"><link rel="preload" as="fetch" href="${http}/preload">
<link rel="preconnect" href="${http}"><link rel="dns-prefetch" href="${http}"><link rel="stylesheet" href="${http}/css"><link rel="manifest" href="${http}/manifest">
<style>@import "${http}/import"; body { background: url(${http}/bg) } @font-face { font-family: f; src: url(${http}/font) } p { font-family: f }</style>
</head><body><p>Still here</p>
<img src="${http}/img"><img src="${https}/img"><iframe src="${http}/frame"></iframe><iframe src="${https}/frame"></iframe><video src="${http}/video" autoplay></video><audio src="${http}/audio" autoplay></audio>
<object data="${http}/object"></object><embed src="${http}/embed"><form id="f" action="${http}/form" target="t"><input name="a"></form>
<iframe name="t"></iframe><a id="p" href="#" ping="${http}/ping">p</a>
<script>
  fetch('${http}/fetch').catch(() => 0); fetch('${http}/no-cors', { mode: 'no-cors' }).catch(() => 0); fetch('/redirect').catch(() => 0);
  navigator.sendBeacon('${http}/beacon', 'x');
  new EventSource('${http}/events');
  try { new WebSocket('${ws}/socket') } catch {}
  try { new Worker('/worker.js') } catch {}
  try { new SharedWorker('/worker.js') } catch {}
  navigator.serviceWorker?.register('/worker.js').catch(() => 0);
  window.open('${http}/popup');
  document.getElementById('f').submit(); document.getElementById('p').click();
  const x = new XMLHttpRequest(); x.open('GET', '${http}/xhr'); x.send();
  try {
    const pc = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${stunPort}' }, { urls: 'turn:127.0.0.1:${stunPort}', username: 'a', credential: 'b' }] });
    pc.createDataChannel('x'); pc.createOffer().then(o => pc.setLocalDescription(o));
  } catch {}
</script></body></html>`;

describe('a hostile page', () => {
  it('reaches the forbidden host in no way, is read all the same, and its tries are on record', async () => {
    const canary = await startSite(() => undefined);
    cleanups.push(() => canary.close());
    const stun = createSocket('udp4');
    cleanups.push(() => stun.close());
    let packets = 0;
    stun.on('message', () => packets++);
    await new Promise<void>(resolve => stun.bind(0, '127.0.0.1', resolve));
    const stunPort = (stun.address() as AddressInfo).port;
    const at = `127.0.0.1:${canary.port}`;
    const page = attack(
      `http://${at}`,
      `https://${at}`,
      `ws://${at}`,
      stunPort,
    );
    const site = await startSite({
      '/': page,
      '/redirect': (_q, r) =>
        void r.writeHead(302, { location: `http://${at}/redirected` }).end(),
      '/worker.js': (_q, r) =>
        void r
          .writeHead(200, { 'content-type': 'text/javascript' })
          .end(
            `fetch('http://${at}/worker').catch(() => 0); try { importScripts('http://${at}/import-scripts') } catch {}`,
          ),
      '/top': (_q, r) =>
        void r.writeHead(302, { location: `http://${at}/top` }).end(),
      '/meta': `<meta http-equiv="refresh" content="0;url=http://localhost:${canary.port}/meta"><p>x</p>`,
    });
    cleanups.push(() => site.close());
    const egress = await startEgress({ allow: [`127.0.0.1:${site.port}`] });
    cleanups.push(() => egress.close());
    const run = await startRun(ground, {
      urls: ['/', '/top', '/meta'].map(path => site.origin + path),
      egressUrl: egress.url,
      env: { PAGE_SETTLE_MS: '4000' },
    });
    cleanups.push(() => run.close());
    await run.run(anyStep(scrapeStep));
    const { pages } = await run.manifest();

    expect(canary.connections()).toBe(0);
    expect(packets).toBe(0);
    expect(pages.map(({ reason }) => reason)).toEqual([
      undefined,
      'EGRESS_BLOCKED',
      'EGRESS_BLOCKED',
    ]);
    expect(await ground.s3.text(pages[0].textKey!)).toContain('Still here');
    expect(pages[0].blocked).toEqual([at]);
    expect(
      egress.records.filter(
        record => record.verdict === 'blocked' && record.port === canary.port,
      ).length,
    ).toBeGreaterThan(10);
  });

  it('would reach it without the proxy: the trap works', async () => {
    const canary = await startSite((_q, response) => void response.end());
    const at = `127.0.0.1:${canary.port}`;
    const site = await startSite({
      '/': attack(`http://${at}`, `https://${at}`, `ws://${at}`, 9),
    });
    const run = await startRun(ground, {
      urls: [`${site.origin}/`],
      env: { PAGE_SETTLE_MS: '2000' },
    });
    cleanups.push(
      () => canary.close(),
      () => site.close(),
      () => run.close(),
    );
    await run.run(anyStep(scrapeStep));
    expect(new Set(canary.hits).size).toBeGreaterThan(3);
  });
});
