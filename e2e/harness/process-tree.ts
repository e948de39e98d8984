import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that come from it, the process itself first. Linux only. */
export function tree(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The name stands in parentheses and may hold anything.
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [[Number(pid), Number(parent)]];
      } catch {
        return [];
      }
    });
  const found = [root];
  for (const pid of found) {
    found.push(
      ...parents.filter(([, parent]) => parent === pid).map(([child]) => child),
    );
  }
  return found;
}
