// npm run reset: forgets every run, report and setting of this machine. The downloaded Node stays unless --all.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const state = path.join(process.env.AGENTIC_ROOT, '.agentic');
const lock = path.join(state, 'lock');

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

if (!existsSync(state)) {
  console.log('• Nothing to reset.');
  process.exit(0);
}
const owner = Number.parseInt(
  await readFile(lock, 'utf8')
    .then(text => /\d+/.exec(text)?.[0] ?? '')
    .catch(() => ''),
  10,
);
if (owner && alive(owner)) {
  console.error(
    `✖ It still runs (process ${owner}).\n  Stop it with Ctrl-C in its terminal, then run npm run reset again.`,
  );
  process.exit(1);
}
const all = process.argv.includes('--all');
for (const name of await readdir(state)) {
  if (name !== 'tools' || all) {
    await rm(path.join(state, name), { recursive: true, force: true });
  }
}
console.log(
  '• Reset: runs, reports, checkpoints and portal data are gone. npm start begins anew.',
);
