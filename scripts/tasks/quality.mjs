// npm run quality [-- --wcxb FOLDER] [--no-fetch] [--list] [--compare] [--pairs] [--only PREFIX]: writes docs/quality.md and
// agents/quality/golden.json; --compare and --only write nothing.
import { execFile, spawn } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import prettier from 'prettier';
import nameBrowser from '../jest-browser.mjs';

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
const run = promisify(execFile);
const PRICE_PARSER = '0.5.1';

const { values: flags } = parseArgs({
  options: {
    wcxb: { type: 'string', default: process.env.WCXB_DEV },
    'no-fetch': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    pairs: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

/** The measuring code as one module, on the sources as they are. */
async function loadMeasure() {
  const out = path.join(root, 'node_modules/.cache/quality/measure.mjs');
  await mkdir(path.dirname(out), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['agents/quality/main.ts'],
    bundle: true,
    packages: 'external',
    alias: {
      '@agentworkloads/api': path.join(root, 'api/src/index.ts'),
      '@agentworkloads/egress/testing': path.join(
        root,
        'egress/src/testing/index.ts',
      ),
      '@agentworkloads/facts/testing': path.join(
        root,
        'facts/src/testing/index.ts',
      ),
      '@agentworkloads/facts': path.join(root, 'facts/src/index.ts'),
    },
    platform: 'node',
    format: 'esm',
    outfile: out,
    logLevel: 'error',
  });
  return import(pathToFileURL(out).href);
}

/** `npm run -s extract` over the files: one JSON line each, in their order. */
function extract(files) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(root, 'scripts/tasks/extract.mjs'), ...files],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines = [];
    createInterface({ input: child.stdout }).on('line', line => {
      lines.push(JSON.parse(line));
      if (lines.length % 50 === 0)
        console.error(`• ${lines.length} of ${files.length} pages read`);
    });
    child.on('error', reject);
    child.on('close', code =>
      lines.length === files.length
        ? resolve(lines)
        : reject(
            new Error(
              `extract ended with ${code} after ${lines.length} of ${files.length} files; its own words are above.`,
            ),
          ),
    );
  });
}

/** The table of price-parser, read out of its source package; nothing of it is run or kept. */
async function priceParserTable() {
  if (flags['no-fetch']) return 'the table was not fetched (--no-fetch).';
  const folder = await mkdtemp(path.join(tmpdir(), 'price-parser-'));
  try {
    const wanted = `price-parser==${PRICE_PARSER}`;
    await run('python3', [
      ...['-m', 'pip', 'download', wanted, '--quiet'],
      ...['--no-deps', '--no-binary', ':all:', '--dest', folder],
    ]);
    const [archive] = (await readdir(folder)).filter(name =>
      name.endsWith('.tar.gz'),
    );
    await run('tar', ['xzf', path.join(folder, archive), '-C', folder]);
    const { stdout } = await run(
      'python3',
      [
        path.join(root, 'agents/quality/price-parser-table.py'),
        path.join(folder, archive.replace('.tar.gz', '')),
      ],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    return JSON.parse(stdout);
  } catch (error) {
    return `price-parser's source package could not be fetched with pip (${
      String(error.message).split('\n')[0]
    }).`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function save(name, text, parser) {
  const file = path.join(root, name);
  const style = (await prettier.resolveConfig(file)) ?? {};
  await writeFile(file, prettier.format(text, { ...style, parser }));
  console.log(`• wrote ${name}`);
}

const { measure, measureAllPairs, sumsOf } = await loadMeasure();

/** Pages before and after a mutation, as two runs see them. */
async function pairs() {
  await nameBrowser();
  let said = 0;
  const outcome = await measureAllPairs(root, (done, all) => {
    if (done - said < 50 && done < all) return;
    said = done;
    console.error(`• ${done} of ${all} pairs seen`);
  });
  if (flags.list) for (const line of outcome.faults) console.log(line);
  return outcome;
}

if (flags.pairs) {
  const { replaceIn } = await pairs();
  const file = path.join(root, 'docs/quality.md');
  const before = await readFile(file, 'utf8');
  await save('docs/quality.md', replaceIn(before), 'markdown');
  process.exit(0);
}

const part = flags.only !== undefined;
const result = await measure({
  root,
  extract,
  strings: part ? 'only some pages were asked for.' : await priceParserTable(),
  wcxb: part ? undefined : flags.wcxb,
  pairs:
    part || flags.compare ? 'this run only compared.' : (await pairs()).summary,
  only: flags.only,
});
if (flags.list) {
  for (const page of result.pages)
    if (page.missed.length + page.notRight.length > 0)
      console.log(
        `${page.name}\n${[
          ...page.missed.map(line => `  missed ${line}`),
          ...page.notRight.map(line => `  printed ${line}`),
        ].join('\n')}`,
      );
  for (const line of result.badStrings) console.log(line);
}
if (part) {
  console.log(sumsOf(result.pages));
  process.exit(0);
}
if (flags.compare) {
  for (const line of result.differences) console.log(line);
  console.log(
    `${result.differences.length} pages read differently than recorded.`,
  );
  process.exit(result.differences.length > 0 ? 1 : 0);
}
await save('docs/quality.md', result.markdown, 'markdown');
await save('agents/quality/golden.json', JSON.stringify(result.golden), 'json');
