import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'tasks');

/** Files of all tasks, by the name that a command line has for them. */
const files = new Map(
  readdirSync(folder)
    .filter(name => name.endsWith('.mjs') && !name.endsWith('.test.mjs'))
    .map(name => [nameOf(name), path.join(folder, name)]),
);

/** @returns `e2e-sign-in.mjs` → `e2e:sign-in`: of the dashes the first stands for a colon, where there is one */
function nameOf(file) {
  return file.replace(/\.mjs$/, '').replace('-', ':');
}

export const TASKS = [...files.keys()].sort();

/** @returns path of the task's file, undefined where there is no such task */
export const taskFile = task => files.get(task);
