import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEgress, type TestEgress } from '../../../test/support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
} from '../../../test/support/harness';
import { openMemoryCgroup } from '../../../test/support/memory-cgroup';
import { startSite, type TestSite } from '../../../test/support/site';
import { bundleSteps } from '../../../test/support/step-bundle';
import { scrapeStep } from './step';

const MIB = 2 ** 20;
const html = (body: string) => `<title>T</title><p>Plan $5 a month</p>${body}`;

/** As many bytes as the reader takes, small on the wire. */
const bomb = (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, {
    'content-type': 'text/html',
    'content-encoding': 'gzip',
  });
  const gzip = createGzip({ level: 1 });
  gzip.pipe(response);
  const line = Buffer.alloc(MIB, 'all work and no play ');
  let left = 8 * 1024;
  const more = () => {
    while (left-- > 0 && !response.destroyed) {
      if (!gzip.write(line)) {
        gzip.once('drain', more);
        return;
      }
    }
    gzip.end();
  };
  response.on('close', () => gzip.destroy());
  gzip.on('error', () => undefined);
  more();
};

/** Each of these takes memory until somebody ends it. */
const KILLING = {
  '/bomb': bomb,
  '/arrays': html(
    '<script>const a = []; setInterval(() => a.push(new Uint8Array(64 << 20).fill(1)), 0)</script>',
  ),
  '/wasm': html(
    '<script>const m = []; setInterval(() => { const x = new WebAssembly.Memory({ initial: 1024, maximum: 1024 }); new Uint8Array(x.buffer).fill(1); m.push(x) }, 0)</script>',
  ),
  '/elements': html(
    '<script>setInterval(() => { const d = document.createElement("div"); d.innerHTML = "<p>x</p>".repeat(200000); document.body.append(d) }, 0)</script>',
  ),
  '/workers': html(
    `<script>for (let i = 0; i < 4; i++) new Worker(URL.createObjectURL(new Blob(["const a=[];setInterval(()=>a.push(new Uint8Array(32<<20).fill(1)),0)"])))</script>`,
  ),
};

let ground: Ground;
let site: TestSite;
let egress: TestEgress;
beforeAll(async () => {
  ground = await startGround();
  site = await startSite({
    ...KILLING,
    '/good': html('<h1>Good</h1>'),
    '/after': html('<h1>After</h1>'),
    '/hangs':
      '<p>x</p><script>addEventListener("load", () => setTimeout(() => { for (;;) {} }, 50))</script>',
    '/robots.txt': '',
  });
  egress = await startEgress({
    allow: [`127.0.0.1:${site.port}`],
    limits: { maxResponseBytes: 16 * 1024 * MIB },
  });
});
afterAll(() => Promise.all([ground.close(), site.close(), egress.close()]));

const prepare = (paths: string[], env: Record<string, string> = {}) =>
  startRun(ground, {
    urls: paths.map(path => site.origin + path),
    egressUrl: egress.url,
    env: { PAGE_SETTLE_MS: '3000', ...env },
  });

describe('pages that take all memory', () => {
  it('cost themselves and not the run, under a limit of the kernel', async () => {
    const limit = 1000 * MIB;
    const cgroup = openMemoryCgroup(limit);
    if (typeof cgroup === 'string') {
      console.warn(`not tried: ${cgroup}`);
      return;
    }
    const bundle = await bundleSteps();
    const paths = ['/good', ...Object.keys(KILLING), '/after'];
    const run = await prepare(paths);
    const child = spawn(
      'sh',
      [
        '-c',
        `echo $$ > ${cgroup.procs} && exec "$0" "$@"`,
        process.execPath,
        bundle.file,
        'scrape',
      ],
      {
        env: {
          PATH: process.env.PATH ?? '',
          TMPDIR: process.env.TMPDIR,
          ...run.rawEnv,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (output += chunk));
    const code = await new Promise(done => child.once('close', done));
    if (code !== 0) console.log(output.slice(-4000));
    expect(code).toBe(0);
    const { pages } = await run.manifest();
    const reasons = pages.map(({ reason }) => reason);
    expect([reasons[0], reasons.at(-1)]).toEqual([undefined, undefined]);
    // Some come to the end of their own process before they come to that of the browser; and a page that only grows may
    // be read, as far as it had come, before it is too large.
    for (const reason of reasons.slice(1, -1)) {
      expect([undefined, 'TOO_LARGE', 'BROWSER_FAILED']).toContain(reason);
    }
    expect(pages[1]).toMatchObject({
      reason: 'TOO_LARGE',
      detail: expect.stringMatching(/memory/),
    });
    // The kernel had nothing to do: in a pod it would have ended the step.
    expect(cgroup.killed() ?? 0).toBe(0);
    expect(cgroup.peak()).toBeGreaterThan(200 * MIB);
    expect(cgroup.peak()).toBeLessThan(limit);
    await Promise.all([run.close(), bundle.close(), cgroup.close()]);
  }, 300_000);
});

describe('a page that hangs', () => {
  it('is visited twice, then it is final', async () => {
    const run = await prepare(['/hangs', '/good'], { PAGE_TIMEOUT_MS: '2000' });
    await run.run(anyStep(scrapeStep));
    const { pages } = await run.manifest();
    expect(pages.map(({ reason }) => reason)).toEqual([
      'BROWSER_FAILED',
      undefined,
    ]);
    expect(site.hits.filter(hit => hit === 'GET /hangs')).toHaveLength(2);
    await run.close();
  });
});
