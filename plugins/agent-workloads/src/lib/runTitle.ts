const MOST = 120;

/**
 * What people wrote, as the title of a run: the first line of its objective, of at most 120 characters.
 * @returns the technical name where there is no objective
 */
export function runTitle(run: { objective: string; name: string }): string {
  const line = run.objective
    .split('\n')
    .map(one => one.trim())
    .find(Boolean);
  const characters = [...(line ?? run.name)];
  return characters.length > MOST
    ? `${characters
        .slice(0, MOST - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
