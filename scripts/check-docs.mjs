// README stays short, every link into this repository leads to a file, and docs/ holds together as TechDocs builds it: what lies outside of it
// is not there, so a page names that by its address, and every page stands in the navigation.
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
const ADDRESS =
  /^https:\/\/github\.com\/agentworkloads\/agent-workloads\/(?:blob|tree)\/main\//;
const docs = path.join(root, 'docs') + path.sep;
for await (const file of markdown(root)) {
  const name = path.relative(root, file);
  const text = (await readFile(file, 'utf8')).replace(/```[\s\S]*?```/g, '');
  for (const [, target] of text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)) {
    const ours = target.replace(ADDRESS, `${root}/`);
    if (/^(https?|mailto):/.test(ours)) continue;
    const at = path.resolve(path.dirname(file), ours);
    if (!existsSync(at))
      problems.push(`${name} links to ${target}, which is not there.`);
    else if (ours === target && file.startsWith(docs) && !at.startsWith(docs))
      problems.push(`${name} leaves docs/ for ${target}: give its address.`);
  }
}
const nav = await readFile(path.join(root, 'mkdocs.yml'), 'utf8');
for await (const file of markdown(docs)) {
  const page = path.relative(docs, file);
  // The list of decisions has each of them.
  if (!page.startsWith('adr/') && !nav.includes(`: ${page}\n`))
    problems.push(`mkdocs.yml has no entry for docs/${page}.`);
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('Documentation links hold.');
