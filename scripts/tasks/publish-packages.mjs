// npm run publish:packages: publishes the tarballs that `npm run packages` has made, with provenance; a version that is there is left.
//   npm run publish:packages -- --dry-run    all but the sending; needs no account
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  PACKED,
  PUBLISHED,
  publishedVersions,
  tarballOf,
} from '../packages.mjs';

const root = process.env.AGENTIC_ROOT;
const dryRun = process.argv.includes('--dry-run');
const versions = [...(await publishedVersions(root))];

const npm = (args, stdio) =>
  spawnSync('npm', args, { cwd: root, encoding: 'utf8', stdio });

/** Whether the registry has this version; what it can't be asked is no "no". */
function isThere(name, version) {
  const { status, stdout, stderr } = npm([
    'view',
    `${name}@${version}`,
    'version',
  ]);
  if (status === 0) return stdout.trim() === version;
  if (/E404/.test(stderr)) return false;
  throw new Error(`the registry did not answer about ${name}: ${stderr}`);
}

for (const [index, folder] of PUBLISHED.entries()) {
  const [name, version] = versions[index];
  const tarball = path.join(PACKED, tarballOf(folder));
  if (!existsSync(path.join(root, tarball))) {
    console.error(`✖ ${tarball} is not there: run npm run packages first.`);
    process.exit(1);
  }
  if (!dryRun && isThere(name, version)) {
    console.log(`• ${name} ${version} is published already`);
    continue;
  }
  const how = dryRun ? ['--dry-run'] : ['--provenance'];
  const { status } = npm(
    ['publish', `./${tarball}`, '--access', 'public', ...how],
    dryRun ? 'pipe' : 'inherit',
  );
  if (status !== 0) {
    console.error(
      `✖ ${name} ${version} could not be published; the ones above are.`,
    );
    process.exit(1);
  }
  console.log(`✔ ${name} ${version}${dryRun ? ' (not sent)' : ''}`);
}
