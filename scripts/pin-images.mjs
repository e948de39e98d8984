// Writes the digest of each image into manifests, so that what runs is what was made, whatever a tag says later.
//   node scripts/pin-images.mjs FOLDER DIGESTS.json    DIGESTS: {"agentworkloads/agents": {"name": "registry/agents", "digest": "sha256:…"}}
//   node scripts/pin-images.mjs FOLDER                 lists the images that are not pinned, one a line
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** `image: NAME:TAG`, with or without a digest. */
const IMAGE =
  /(?<=\bimage: )(?<quote>["']?)(?<name>[\w./-]+):(?<tag>[\w.-]+)(?<digest>@sha256:[0-9a-f]{64})?\k<quote>(?=\s)/g;

/** The images of a manifest that have a tag alone, as `NAME:TAG`. */
export function unpinned(text) {
  return [...text.matchAll(IMAGE)]
    .filter(({ groups }) => !groups.digest)
    .map(({ groups }) => `${groups.name}:${groups.tag}`);
}

/**
 * A manifest with each image by its digest; the tag stays, for people.
 *
 * @param text of the manifest
 * @param images by the name that the manifest has: the digest, and the name in the registry where it is another one
 * @throws Error that names an image without a digest
 */
export function pinned(text, images) {
  return text.replace(IMAGE, (whole, quote, name, tag) => {
    const found = images[name];
    if (!/^sha256:[0-9a-f]{64}$/.test(found?.digest ?? ''))
      throw new Error(`no digest of ${name}:${tag} is known`);
    const place = `${found.name ?? name}:${tag}@${found.digest}`;
    return `${quote}${place}${quote}`;
  });
}

async function manifestsBelow(folder) {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => path.join(folder, name));
}

async function main([folder, digests]) {
  const files = await manifestsBelow(folder);
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
  if (!digests) {
    console.log([...new Set(texts.flatMap(unpinned))].sort().join('\n'));
    return;
  }
  const images = JSON.parse(await readFile(digests, 'utf8'));
  const done = texts.map(text => pinned(text, images));
  for (const [index, file] of files.entries())
    if (done[index] !== texts[index]) {
      await writeFile(file, done[index]);
      console.log(`✔ ${file}`);
    }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(process.argv.slice(2)).catch(error => {
    console.error(`✖ ${error.message}`);
    process.exitCode = 1;
  });
