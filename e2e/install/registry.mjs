// A registry of our packages alone, so that `yarn add NAME` finds what no registry has yet: the tarballs that `npm run packages` made.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { PACKED, PUBLISHED, tarballOf } from '../../scripts/packages.mjs';

/** @returns what a registry tells of one package, and its tarball by the path that is told there */
function packed(file, origin) {
  const tarball = readFileSync(file);
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', file, 'package/package.json']),
  );
  const { name, version } = manifest;
  // By its content: Yarn keeps what it has fetched, and would take the one of another day for this one.
  const hash = createHash('sha256').update(tarball).digest('hex');
  const at = `/tarballs/${hash}/${path.basename(file)}`;
  const integrity = createHash('sha512').update(tarball).digest('base64');
  const dist = {
    tarball: `${origin}${at}`,
    shasum: createHash('sha1').update(tarball).digest('hex'),
    integrity: `sha512-${integrity}`,
  };
  const told = {
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist } },
    time: { [version]: '2026-01-01T00:00:00.000Z' },
  };
  return { name, at, tarball, told: JSON.stringify(told) };
}

/**
 * @param root of this repository, where the packages are packed
 * @returns its address, and how it is ended
 */
export async function startRegistry(root) {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const answers = new Map(
    PUBLISHED.flatMap(folder => {
      const file = path.join(root, PACKED, tarballOf(folder));
      const { name, at, tarball, told } = packed(file, url);
      return [
        [`/${name}`, told],
        [at, tarball],
      ];
    }),
  );
  server.on('request', (request, response) => {
    const answer = answers.get(decodeURIComponent(request.url));
    response.writeHead(answer === undefined ? 404 : 200).end(answer ?? '{}');
  });
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, stop };
}
