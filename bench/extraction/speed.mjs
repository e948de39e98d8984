// How long a page takes to be read, once a browser has drawn it, beside @mozilla/readability on the same pages in the same run. Usage:
//   node bench/extraction/speed.mjs [FOLDER]
// FOLDER holds html/NNNN.html.gz, as the WCXB benchmark does; without one the labelled pages of agents/quality are read. Times are of
// the processor, not of the clock, so that other work on the machine weighs less; pages/s is of the clock, by `extract` as a whole.
import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { build } from 'esbuild';
import { parseHTML } from 'linkedom';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The code under measurement as one module; a bench has no import of a package's inside. */
async function loadAgents() {
  const out = path.join(ROOT, 'node_modules/.cache/bench-extraction/speed.mjs');
  await mkdir(path.dirname(out), { recursive: true });
  const modules = [
    'clients/chromium-path',
    'commands/command-env',
    'commands/saved-page',
    'config/env',
    'content/main-content',
  ];
  await build({
    stdin: {
      contents: [
        ...modules.map(name => `export * from './agents/src/${name}';`),
        "export { extractFacts } from './facts/src/index';",
      ].join('\n'),
      resolveDir: ROOT,
    },
    bundle: true,
    packages: 'external',
    alias: {
      '@agentworkloads/api': path.join(ROOT, 'api/src/index.ts'),
      '@agentworkloads/facts': path.join(ROOT, 'facts/src/index.ts'),
    },
    platform: 'node',
    format: 'esm',
    outfile: out,
    logLevel: 'error',
  });
  return import(pathToFileURL(out).href);
}

/** HTML files to read; those of a benchmark are unpacked into `temporary`. */
function filesOf(folder, temporary) {
  if (!folder) {
    const pages = path.join(ROOT, 'agents/quality/pages');
    return readdirSync(pages).map(name => path.join(pages, name, 'page.html'));
  }
  return readdirSync(path.join(folder, 'html')).map(name => {
    const file = path.join(temporary, name.replace(/\.gz$/, ''));
    writeFileSync(
      file,
      gunzipSync(readFileSync(path.join(folder, 'html', name))),
    );
    return file;
  });
}

/** Milliseconds of the processor. */
function timed(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function readabilityOf(html) {
  const { document } = parseHTML(html);
  new Readability(document, { charThreshold: 300 }).parse();
}

/** @returns pages a second of the clock, by `npm run -s extract` over all files, its start included */
function extractAll(files) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'scripts/tasks/extract.mjs'), ...files],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    child.on('error', reject);
    child.on('close', code => {
      // What fails at once would be the fastest of all.
      if (code !== 0) reject(new Error(`extract ended with ${code}`));
      else resolve(files.length / ((performance.now() - started) / 1000));
    });
  });
}

const at = (times, share) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
const row = (name, times) =>
  `${name.padEnd(28)} p50 ${at(times, 0.5)
    .toFixed(1)
    .padStart(7)} ms   p95 ${at(times, 0.95).toFixed(1).padStart(7)} ms`;

const PASSES = ['first', 'second', 'third'];

function measure(bundles, { extractFacts, mainContent }) {
  const times = { facts: [], content: [], both: [], readability: [] };
  for (const bundle of bundles) {
    const facts = timed(() => extractFacts(bundle));
    const content = timed(() => mainContent(bundle));
    times.facts.push(facts);
    times.content.push(content);
    times.both.push(facts + content);
    times.readability.push(timed(() => readabilityOf(bundle.html)));
  }
  return times;
}

function tableOf(times) {
  const ratio = share => at(times.both, share) / at(times.readability, share);
  return [
    row('facts', times.facts),
    row('main content', times.content),
    row('both', times.both),
    row('@mozilla/readability', times.readability),
    `both / readability: ${ratio(0.5).toFixed(2)} by p50, ${ratio(0.95).toFixed(
      2,
    )} by p95`,
  ].join('\n');
}

async function main([folder]) {
  const agents = await loadAgents();
  const temporary = mkdtempSync(path.join(tmpdir(), 'speed-'));
  const browser = await chromium.launch({
    executablePath: await agents.findChromium(process.env.CHROMIUM_PATH),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const env = agents.parseEnv(agents.commandEnvSchema, process.env);
  try {
    const files = filesOf(folder, temporary);
    const bundles = [];
    for (const file of files) {
      const { bundle } = await agents.readSavedPage(browser, file, env);
      if (!bundle.page.reason) bundles.push(bundle);
    }
    console.log(
      `${bundles.length} of ${files.length} pages, processor time a page`,
    );
    // In the first pass the engine still interprets and compiles: a short run has these times, a long one those of the last.
    for (const pass of PASSES) {
      console.log(`${pass} pass\n${tableOf(measure(bundles, agents))}`);
    }
    console.log(`extract: ${(await extractAll(files)).toFixed(1)} pages/s`);
  } finally {
    await browser.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
