// npm run reset: forgets every run, report and setting of this machine. The downloaded Node stays unless --all.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../../embedded/processes/src/process-table.ts';
import { removeLentPrograms } from '../../embedded/services/src/postgres/lent-programs.ts';

const state = path.join(process.env.AGENTIC_ROOT, '.agentic');
const lock = path.join(state, 'lock');

/** Whoever took the folder, as standalone/src/supervisor/lock.ts wrote it; a lock that can't be read names nobody. */
async function lockOwner() {
  try {
    const { pid, startTime } = JSON.parse(await readFile(lock, 'utf8'));
    return Number.isInteger(pid) && startTime ? { pid, startTime } : undefined;
  } catch {
    return undefined;
  }
}

if (!existsSync(state)) {
  console.log('• Nothing to reset.');
  process.exit(0);
}
const owner = await lockOwner();
// A process id alone says nothing: after a crash or a boot another program may have it.
if (owner && (await isAlive(owner))) {
  console.error(
    `✖ It still runs (process ${owner.pid}).\n  Stop it with Ctrl-C in its terminal, then run npm run reset again.`,
  );
  process.exit(1);
}
// As root, the database's programs lie in a temporary folder; after a crash they are still there.
await removeLentPrograms(path.join(state, 'database'));
const all = process.argv.includes('--all');
for (const name of await readdir(state)) {
  if (name !== 'tools' || all) {
    await rm(path.join(state, name), { recursive: true, force: true });
  }
}
console.log(
  '• Reset: runs, reports, checkpoints and portal data are gone. npm start begins anew.',
);
