// Copies packages and all they depend on from one node_modules to another: what a bundle leaves outside because it
// is native or looks for files beside itself. `node externals.mjs FROM TO PACKAGE...`
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [from, to, ...wanted] = process.argv.slice(2);
const seen = new Set();

while (wanted.length > 0) {
  const name = wanted.pop();
  if (seen.has(name)) continue;
  seen.add(name);
  const folder = path.join(from, name);
  const manifest = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  cpSync(folder, path.join(to, name), { recursive: true, dereference: true });
  wanted.push(...Object.keys(manifest.dependencies ?? {}));
  // Of the builds for other machines the package manager leaves none behind.
  for (const optional of Object.keys(manifest.optionalDependencies ?? {})) {
    if (existsSync(path.join(from, optional))) wanted.push(optional);
  }
}
console.log(`copied ${[...seen].sort().join(', ')}`);
