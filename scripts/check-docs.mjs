// README stays short, and every relative link in the documentation leads to a file.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MAX_README_LINES = 150;
const SKIPPED = [
  'node_modules',
  'dist',
  '.agentic',
  '.yarn',
  '.git',
  'coverage',
  '.cache',
];

async function* markdown(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.includes(entry.name))
      yield* markdown(full);
    else if (entry.name.endsWith('.md')) yield full;
  }
}

const problems = [];
const lines = (await readFile(path.join(root, 'README.md'), 'utf8'))
  .trimEnd()
  .split('\n').length;
if (lines > MAX_README_LINES) {
  problems.push(
    `README.md has ${lines} lines; ${MAX_README_LINES} are allowed. Move detail to docs/.`,
  );
}
for await (const file of markdown(root)) {
  const text = (await readFile(file, 'utf8')).replace(/```[\s\S]*?```/g, '');
  for (const [, target] of text.matchAll(
    /\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)/g,
  )) {
    if (!existsSync(path.resolve(path.dirname(file), target))) {
      problems.push(
        `${path.relative(root, file)} links to ${target}, which is not there.`,
      );
    }
  }
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('Documentation links hold.');
