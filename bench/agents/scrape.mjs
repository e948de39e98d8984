/* eslint-env browser */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import S3rver from '@20minutes/s3rver';
import { chromium } from 'playwright-core';
import { startPages } from './pages.mjs';

const dist = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../agents/dist',
);
const PAGES = Number(process.argv[2] ?? 24);
const ROUNDS = Number(process.argv[3] ?? 3);
const CONCURRENCY = 2;
const CHROMIUM = process.env.CHROMIUM_PATH;

const median = numbers =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function bare(urls) {
  const started = performance.now();
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    chromiumSandbox: false,
  });
  const queue = [...urls];
  const worker = async () => {
    for (let url = queue.shift(); url; url = queue.shift()) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
      });
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'networkidle' });
      await page.innerText('body');
      await page.content();
      const shoot = async width => {
        const height = Math.min(
          4000,
          await page.evaluate(() => document.documentElement.scrollHeight),
        );
        await page.screenshot({
          fullPage: true,
          clip: { x: 0, y: 0, width, height },
        });
      };
      await shoot(1280);
      await page.setViewportSize({ width: 390, height: 844 });
      await shoot(390);
      await context.close();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  await browser.close();
  return performance.now() - started;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function run(file, args, env, untilLine) {
  const child = spawn(process.execPath, [path.join(dist, file), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', chunk => {
      output += chunk;
      if (untilLine && output.includes(untilLine)) resolve({ child, output });
    });
    child.on('exit', code =>
      code === 0
        ? resolve({ child, output })
        : reject(
            new Error(`${file} ended with ${code}:\n${output.slice(-2000)}`),
          ),
    );
  });
}

async function scrape(urls, ground) {
  const workDir = await mkdtemp(path.join(tmpdir(), 'bench-work-'));
  const started = performance.now();
  await run('main.mjs', ['scrape'], {
    ...ground,
    WORKFLOW_UID: randomUUID(),
    TARGET_URLS: JSON.stringify(urls),
    AGENTIC_WORK_DIR: workDir,
    ...(CHROMIUM ? { CHROMIUM_PATH: CHROMIUM } : {}),
  });
  const ms = performance.now() - started;
  await rm(workDir, { recursive: true, force: true });
  return ms;
}

async function main() {
  if (!existsSync(path.join(dist, 'main.mjs')))
    throw new Error(
      'There is no agents/dist: run `npm run build -- bundles` first.',
    );
  if (!CHROMIUM)
    throw new Error(
      'Set CHROMIUM_PATH, so that both ways use the same browser.',
    );
  const pages = await startPages();
  const objects = await mkdtemp(path.join(tmpdir(), 'bench-s3-'));
  const s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: objects,
    configureBuckets: [{ name: 'bench', configs: [] }],
  });
  const s3Port = (await s3.run()).port;
  const data = await mkdtemp(path.join(tmpdir(), 'bench-postgres-'));
  const pgPort = await freePort();
  const pg = await run(
    '../../embedded/services/dist/postgres.mjs',
    [],
    {
      POSTGRES_LISTEN: `127.0.0.1:${pgPort}`,
      POSTGRES_DATA_DIR: data,
      POSTGRES_DATABASES: 'bench=password-of-the-benchmark',
    },
    'postgres ready',
  );
  const egress = await run(
    '../../egress/dist/main.mjs',
    [],
    {
      EGRESS_LISTEN: '127.0.0.1:0',
      EGRESS_PROXY_TOKEN: 'token-of-the-benchmark',
      EGRESS_RESOLVE: `*.localhost:${pages.port}=127.0.0.1:${pages.port}`,
    },
    'egress proxy listens',
  );
  const egressPort = /"port":(\d+)/.exec(egress.output)[1];
  const ground = {
    S3_ENDPOINT: `http://127.0.0.1:${s3Port}`,
    S3_ACCESS_KEY: 'S3RVER',
    S3_SECRET_KEY: 'S3RVER',
    S3_BUCKET: 'bench',
    CHECKPOINT_DATABASE_URL: `postgres://bench:password-of-the-benchmark@127.0.0.1:${pgPort}/bench`,
    EGRESS_PROXY_URL: `http://127.0.0.1:${egressPort}`,
    EGRESS_PROXY_TOKEN: 'token-of-the-benchmark',
    EGRESS_RULES: '{"allow":["*"],"deny":[]}',
    LOG_LEVEL: 'warn',
  };
  // Eight hosts: scrape visits one page of a host at a time.
  const urls = Array.from(
    { length: PAGES },
    (_, i) => `http://host${i % 8}.localhost:${pages.port}/page/${i}`,
  );
  const times = { bare: [], scrape: [] };
  await bare(urls.slice(0, 2));
  await scrape(urls.slice(0, 2), ground);
  for (let round = 0; round < ROUNDS; round++) {
    times.bare.push(await bare(urls));
    times.scrape.push(await scrape(urls, ground));
  }
  const perMinute = ms => Math.round((PAGES / ms) * 60_000);
  const result = {
    pages: PAGES,
    rounds: ROUNDS,
    bare: perMinute(median(times.bare)),
    scrape: perMinute(median(times.scrape)),
  };
  console.log(
    JSON.stringify({
      ...result,
      unit: 'pages/min',
      ratio: Math.round((result.scrape / result.bare) * 100) / 100,
    }),
  );
  egress.child.kill();
  const stopped = once(pg.child, 'exit');
  pg.child.kill();
  await Promise.allSettled([stopped, s3.close()]);
  for (const folder of [objects, data])
    await rm(folder, { recursive: true, force: true });
  pages.close();
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error.message);
    process.exit(1);
  },
);
