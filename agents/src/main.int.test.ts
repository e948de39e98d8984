import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPrefix } from '@agentworkloads/api';
import { startEgress, type TestEgress } from '../test/support/egress';
import {
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from '../test/support/harness';
import { startSite, type TestSite } from '../test/support/site';
import { bundleSteps } from '../test/support/step-bundle';

/** The steps as they are shipped: one bundle, a child process for each step, judged by its exit code. */

let ground: Ground;
let bundle: Awaited<ReturnType<typeof bundleSteps>>;
let site: TestSite;
let egress: TestEgress;
const page = (name: string) =>
  `<html><title>${name}</title><body><h1>${name}</h1><p>$49/month</p></body></html>`;
const delays = new Map<string, number>();

beforeAll(async () => {
  ground = await startGround();
  bundle = await bundleSteps();
  site = await startSite((request, response) => {
    const path = request.url ?? '/';
    if (path === '/robots.txt') {
      response.writeHead(404).end();
      return;
    }
    setTimeout(
      () =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(page(path.slice(1))),
      delays.get(path) ?? 0,
    );
  });
  egress = await startEgress({ allow: [`127.0.0.1:${site.port}`] });
});
afterAll(async () => {
  await Promise.all([
    ground.close(),
    site.close(),
    egress.close(),
    bundle.close(),
  ]);
});

interface Ended {
  code: number | null;
  output: string;
}

function start(
  step: string,
  env: Record<string, string>,
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [bundle.file, step], {
    env: {
      PATH: process.env.PATH ?? '',
      ...(process.env.CHROMIUM_PATH
        ? { CHROMIUM_PATH: process.env.CHROMIUM_PATH }
        : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const ended = new Promise<Ended>(done => {
    child.on('close', code => done({ code, output }));
  });
  return { child, ended };
}

const prepare = (
  paths: string[],
  env: Record<string, string> = {},
): Promise<TestRun> =>
  startRun(ground, {
    urls: paths.map(path => site.origin + path),
    egressUrl: egress.url,
    env: { PAGE_SETTLE_MS: '1500', ...env },
  });

const lastLine = (output: string) =>
  JSON.parse(output.trim().split('\n').pop()!) as Record<string, unknown>;
const visits = (path: string) =>
  site.hits.filter(hit => hit === `GET ${path}`).length;

/** A busy machine may take half a minute for a browser and two pages. */
async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited 90 s in vain for ${what}`);
    await new Promise(done => setTimeout(done, 50));
  }
}

describe('exit codes', () => {
  it('0: scrape and screenshot leave their files', async () => {
    const run = await prepare(['/zero']);
    expect((await start('scrape', run.rawEnv).ended).code).toBe(0);
    await run.giveInput('manifest', await run.readOutput('manifest.json'));
    expect((await start('screenshot', run.rawEnv).ended).code).toBe(0);
    const shots = JSON.parse(await run.readOutput('shots.json'));
    expect(shots.degraded).toEqual([]);
    expect(
      shots.pages[0].shots.map((shot: { kind: string }) => shot.kind),
    ).toEqual([
      'desktop',
      'mobile',
      'thumbnail-desktop',
      'tile',
      'thumbnail-mobile',
    ]);
    const stored = await ground.s3.keys(runPrefix(run.place));
    for (const shot of shots.pages[0].shots) expect(stored).toContain(shot.key);
    await run.close();
  });

  it('20: bad environment, every problem named, no value shown', async () => {
    const { code, output } = await start('scrape', {
      S3_SECRET_KEY: 'do-not-show',
      TARGET_URLS: '["ftp://x/"]',
    }).ended;
    expect(code).toBe(20);
    expect(lastLine(output).msg).toMatch(
      /WORKFLOW_UID.*TARGET_URLS.*S3_ENDPOINT.*CHECKPOINT_DATABASE_URL/,
    );
    expect(output).not.toContain('do-not-show');
  });

  it('20: an unknown step', async () => {
    expect((await start('gate', {}).ended).code).toBe(20);
  });

  it('0 when every page fails: the report will say why', async () => {
    const run = await startRun(ground, {
      urls: ['http://10.0.0.1/'],
      egressUrl: egress.url,
    });
    const { code, output } = await start('scrape', run.rawEnv).ended;
    expect(output).toMatch(
      /None of the 1 pages could be observed: EGRESS_BLOCKED/,
    );
    expect(code).toBe(0);
    expect((await run.manifest()).pages[0].reason).toBe('EGRESS_BLOCKED');
    await run.close();
  });

  it.each([
    ['S3', { S3_ENDPOINT: 'http://127.0.0.1:1' }, /Object storage is away/],
    [
      'PostgreSQL',
      {
        CHECKPOINT_DATABASE_URL: 'postgres://u:hidden-password@127.0.0.1:1/db',
      },
      /checkpoint database/,
    ],
    [
      'the browser',
      {
        BROWSER_WS_ENDPOINT: 'ws://127.0.0.1:1/chromium',
        BROWSER_TOKEN: 'hidden-token',
      },
      /browser can't be reached/,
    ],
    [
      'the egress proxy',
      { EGRESS_PROXY_URL: 'http://127.0.0.1:1' },
      /egress proxy/,
    ],
  ])(
    '10 when %s is away, and the reason for the Workflow node',
    async (_name, env, message) => {
      const run = await prepare(['/ten']);
      const terminationLog = join(run.workDir, 'termination-log');
      await writeFile(terminationLog, '');
      const { code, output } = await start('scrape', {
        ...run.rawEnv,
        ...env,
        TERMINATION_LOG: terminationLog,
      }).ended;
      expect(lastLine(output).msg).toMatch(message);
      expect(await readFile(terminationLog, 'utf8')).toBe(lastLine(output).msg);
      expect(code).toBe(10);
      expect(output).not.toMatch(/hidden-/);
      await run.close();
    },
  );
});

describe('a lost or stopped pod', () => {
  it('killed in mid-run, the next attempt visits only what was not begun', async () => {
    delays.set('/k3', 60_000);
    const run = await prepare(['/k1', '/k2', '/k3', '/k4']);
    const first = start('scrape', run.rawEnv);
    await until(
      'two saved pages',
      async () =>
        (
          await ground.s3.keys(runPrefix(run.place))
        ).filter(key => key.endsWith('page.json')).length === 2,
    );
    await until('the visit of /k3', () => visits('/k3') === 1);
    first.child.kill('SIGKILL');
    await first.ended;
    delays.delete('/k3');
    const second = await start('scrape', run.rawEnv).ended;
    expect(second.code).toBe(0);
    expect(['/k1', '/k2', '/k3', '/k4'].map(path => visits(path))).toEqual([
      1, 1, 1, 1,
    ]);
    const { pages } = await run.manifest();
    // It may be what killed the pod, and would kill the next one.
    expect(pages.map(({ reason }) => reason)).toEqual([
      undefined,
      undefined,
      'BROWSER_FAILED',
      undefined,
    ]);
    expect(pages[2].detail).toContain('died while it visited');
    await run.close();
  });

  it('asked to stop, ends with 10 without its page, and goes on later', async () => {
    delays.set('/t2', 60_000);
    const run = await prepare(['/t1', '/t2']);
    const first = start('scrape', run.rawEnv);
    await until('the visit of /t2', () => visits('/t2') === 1);
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(10);
    delays.delete('/t2');
    expect((await start('scrape', run.rawEnv).ended).code).toBe(0);
    expect([visits('/t1'), visits('/t2')]).toEqual([1, 2]);
    expect((await run.manifest()).pages.map(({ reason }) => reason)).toEqual([
      undefined,
      undefined,
    ]);
    await run.close();
  });

  it('lost after its end, the next attempt writes the files again and visits nothing', async () => {
    const run = await prepare(['/d1']);
    expect((await start('scrape', run.rawEnv).ended).code).toBe(0);
    const before = await run.readOutput('manifest.json');
    await rm(join(run.workDir, 'out'), { recursive: true });
    const again = await start('scrape', run.rawEnv).ended;
    expect(again.code).toBe(0);
    expect(await run.readOutput('manifest.json')).toBe(before);
    expect(visits('/d1')).toBe(1);
    await run.close();
  });
});

describe('S3 and PostgreSQL away in mid-run', () => {
  it.each(['s3', 'postgres'] as const)(
    '%s comes back: the run completes and no saved page is visited twice',
    async which => {
      const paths = [`/${which}-1`, `/${which}-2`, `/${which}-3`];
      delays.set(paths[2], 2500);
      const run = await prepare(paths);
      const first = start('scrape', run.rawEnv);
      let saved: string[] = [];
      await until('the second page', async () => {
        const keys = await ground.s3.keys(runPrefix(run.place));
        saved = keys.filter(key => key.endsWith('page.json'));
        return saved.length === 2;
      });
      await ground[which].stop();
      const { code } = await first.ended;
      await ground[which].start();
      expect(code).toBe(10);
      const second = await start('scrape', run.rawEnv).ended;
      expect(second.code).toBe(0);
      const pages = (await run.manifest()).pages;
      // Without object storage for a minute, a page under way can't take its mark back.
      if (which === 'postgres') {
        expect(pages.map(({ reason }) => reason)).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
      }
      const early = pages.filter(({ urlSha256 }) =>
        saved.some(key => key.includes(urlSha256)),
      );
      expect(early.map(({ url }) => visits(new URL(url).pathname))).toEqual([
        1, 1,
      ]);
      await run.close();
    },
  );
});
