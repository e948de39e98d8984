// Which names a published package promises to others, as far as its package.json and its report tell.

/** Entries that promise nothing, by their name: for our own packages, and for our tests. */
const UNPROMISED = ['internal', 'testing'];

/**
 * The entries of a package that promise something.
 *
 * @returns the name that others import, the file of declarations in `dist`, the file of the report
 */
export function entriesOf(manifest) {
  return Object.keys(manifest.exports ?? { '.': '' })
    .filter(entry => !entry.endsWith('.json'))
    .map(entry => entry.replace(/^\.\/?/, ''))
    .filter(entry => !UNPROMISED.includes(entry))
    .map(entry => ({
      specifier: [manifest.name, entry].filter(Boolean).join('/'),
      file: `${entry || 'index'}.d.ts`,
      report: entry ? `report-${entry}.api.md` : 'report.api.md',
    }));
}

/** Names of another package of ours that the report leans on without that package promising them. */
export function unpromised(report, promised) {
  const imports = report.matchAll(
    /^import (?:type )?\{ (.+) \} from '(@agentworkloads\/[^']+)';$/gm,
  );
  return [...imports].flatMap(([, names, from]) =>
    names
      .split(', ')
      .map(name => name.split(' as ')[0])
      .filter(name => !promised.get(from)?.includes(name))
      .map(name => `needs ${name}, which ${from} does not promise`),
  );
}
