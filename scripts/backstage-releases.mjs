// The releases of Backstage that the packages are tried with.

/** Makes apps of 1.55; the newest of its kind on the registry. */
export const CREATE_APP = '@backstage/create-app@0.9.2';

/**
 * `1.55`: the release that `create-app` was made for, all of it. `newest`: of each package what the registry calls its latest.
 * A release is told by no package, so it is named by the day and by one package's version.
 */
export const RELEASES = ['1.55', 'newest'];

/**
 * The versions of one release: without the lock file that `create-app` would fetch, a range takes what came out last, and
 * an app of two releases is what nobody has.
 *
 * @param manifest package.json of the new app, or of one of its packages
 * @param release one of {@link RELEASES}
 */
export function pinned(manifest, release) {
  const version = range =>
    release === 'newest' ? 'latest' : range.replace('^', '');
  const pin = (dependencies = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [
        name,
        name.startsWith('@backstage/') ? version(range) : range,
      ]),
    );
  return {
    ...manifest,
    dependencies: pin(manifest.dependencies),
    devDependencies: pin(manifest.devDependencies),
  };
}

/**
 * What this repository has locked, as far as another project can use it.
 *
 * @param lock text of yarn.lock
 * @param release for the newest one nothing of Backstage is taken over
 */
export function usableLock(lock, release) {
  // Of ours, or of a release that can't be installed without a patch of its own repository.
  const foreign = /^"[^\n]*@workspace:|@patch:|^"@yarnpkg\/core@/;
  const older = /^"@backstage\//;
  return lock
    .split('\n\n')
    .filter(block => !foreign.test(block))
    .filter(block => release !== 'newest' || !older.test(block))
    .join('\n\n');
}
