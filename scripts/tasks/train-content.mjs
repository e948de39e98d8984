// node scripts/tasks/train-content.mjs --wcxb FOLDER [--bundles FOLDER] [--dry]: learns what main content is from the development
// pages of WCXB, says how well that reads pages of sites that it has not seen, and writes agents/src/content/model-weights.ts.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import prettier from 'prettier';

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
const OUT = 'agents/src/content/model-weights.ts';
const WIDTH = 4;

const { values: flags } = parseArgs({
  options: {
    wcxb: { type: 'string', default: process.env.WCXB_DEV },
    bundles: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
if (!flags.wcxb)
  throw new Error('Name the folder of the development pages: --wcxb FOLDER.');

async function loadCode() {
  const modules = [
    'quality/train/train',
    'src/clients/chromium-path',
    'src/commands/command-env',
    'src/commands/saved-page',
    'src/config/env',
  ];
  const outfile = path.join(root, 'node_modules/.cache/quality/train.mjs');
  await build({
    stdin: {
      contents: modules
        .map(name => `export * from './agents/${name}';`)
        .join('\n'),
      resolveDir: root,
    },
    bundle: true,
    packages: 'external',
    alias: {
      '@agentworkloads/api': path.join(root, 'api/src/index.ts'),
      '@agentworkloads/facts': path.join(root, 'facts/src/index.ts'),
    },
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

/** Pages as the browser shows them without a network; kept in a folder, so that a second run need not draw them again. */
async function collect(code, ids, folder) {
  const env = code.parseEnv(code.commandEnvSchema, process.env);
  const left = ids.filter(
    id => !existsSync(path.join(folder, `${id}.json.gz`)),
  );
  if (left.length === 0) return;
  const browser = await chromium.launch({
    executablePath: await code.findChromium(process.env.CHROMIUM_PATH),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const worker = async () => {
    for (let id = left.pop(); id; id = left.pop()) {
      const file = path.join(folder, `${id}.html`);
      const body = readFileSync(path.join(flags.wcxb, `html/${id}.html.gz`));
      writeFileSync(file, gunzipSync(body));
      const { bundle } = await code.readSavedPage(browser, file, env);
      const saved = gzipSync(JSON.stringify(bundle));
      writeFileSync(path.join(folder, `${id}.json.gz`), saved);
      if (left.length % 50 === 0)
        console.error(`• ${left.length} pages left to draw`);
    }
  };
  try {
    await Promise.all(Array.from({ length: WIDTH }, worker));
  } finally {
    await browser.close();
  }
}

function pageOf(id, folder) {
  const { url, ground_truth, _internal } = JSON.parse(
    readFileSync(path.join(flags.wcxb, `ground-truth/${id}.json`), 'utf8'),
  );
  const saved = readFileSync(path.join(folder, `${id}.json.gz`));
  return {
    id,
    url,
    type: _internal?.page_type?.primary ?? 'unknown',
    truth: ground_truth?.main_content ?? '',
    bundle: JSON.parse(gunzipSync(saved)),
  };
}

const mean = (list, key) =>
  (list.reduce((sum, each) => sum + each[key], 0) / list.length).toFixed(3);

function toTable(judged) {
  const types = ['all', ...new Set(judged.map(each => each.type).sort())];
  const lines = types.map(type => {
    const list = judged.filter(each => type === 'all' || each.type === type);
    const scores = ['f1', 'precision', 'recall'].map(key => mean(list, key));
    return `${type.padEnd(14)} ${String(list.length).padStart(
      4,
    )}  ${scores.join('  ')}`;
  });
  return ['type          pages   f1    prec   recall', ...lines].join('\n');
}

const folder = flags.bundles ?? mkdtempSync(path.join(tmpdir(), 'wcxb-'));
mkdirSync(folder, { recursive: true });
const ids = readdirSync(path.join(flags.wcxb, 'ground-truth'))
  .map(file => path.basename(file, '.json'))
  .sort();
const code = await loadCode();
await collect(code, ids, folder);
const pages = ids.map(id => pageOf(id, folder));
const judged = code.crossValidate(pages, line => console.error(`• ${line}`));
console.log(toTable(judged));
if (!flags.dry) {
  const text = [
    '// Written by `node scripts/tasks/train-content.mjs`; not by hand. Learned from the development pages of WCXB, the Web Content',
    '// eXtraction Benchmark (CC-BY-4.0): which words and signs go with its truth, no text of its pages. See docs/main-content.md.',
    "import type { ModelText } from './content-model';",
    '',
    `export const WEIGHTS: ModelText = ${JSON.stringify(
      code.learnAll(pages),
    )};`,
  ].join('\n');
  const file = path.join(root, OUT);
  const style = (await prettier.resolveConfig(file)) ?? {};
  const formatted = prettier.format(text, { ...style, parser: 'typescript' });
  writeFileSync(file, await formatted);
  console.log(`• wrote ${OUT}`);
}
