// Writes the digest of each image into manifests, so that what runs is what was made, whatever a tag says later.
//   node scripts/pin-images.mjs FOLDER DIGESTS.json    DIGESTS: {"agentworkloads/agents": {"name": "registry/agents", "digest": "sha256:…"}}
//   node scripts/pin-images.mjs --chart CHART DIGESTS.json    the same in the values of the chart in that folder
//   node scripts/pin-images.mjs FOLDER                 lists the images that are not pinned, one a line
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';

/** `image: NAME:TAG`, with or without a digest. */
const IMAGE =
  /(?<=\bimage: )(?<quote>["']?)(?<name>[\w./-]+):(?<tag>[\w.-]+)(?<digest>@sha256:[0-9a-f]{64})?\k<quote>(?=\s)/g;

/** The images of a manifest that have a tag alone, as `NAME:TAG`. */
export function unpinned(text) {
  return [...text.matchAll(IMAGE)]
    .filter(({ groups }) => !groups.digest)
    .map(({ groups }) => `${groups.name}:${groups.tag}`);
}

function known(images, name, shown = name) {
  const found = images[name];
  if (!/^sha256:[0-9a-f]{64}$/.test(found?.digest ?? ''))
    throw new Error(`no digest of ${shown} is known`);
  return found;
}

/**
 * The chart's values with each image by its digest.
 *
 * @param text of values.yaml
 * @param helpers of _helpers.tpl, which says by which key of `images` an image is named
 * @param images as for `pinned`
 * @throws Error that names an image without a digest
 */
export function pinnedValues(text, helpers, images) {
  const [, pairs = ''] = /\$keys := dict ((?:"[^"]+" ?)+)/.exec(helpers) ?? [];
  const keys = [...pairs.matchAll(/"([^"]+)" "([^"]+)"/g)];
  const values = parseDocument(text);
  const wanted = Object.keys(values.toJS().images).sort().join();
  const there = keys.map(([, , key]) => key).sort();
  if (there.join() !== wanted)
    throw new Error(`the values name ${wanted}, the templates ${there}`);
  for (const [, name, key] of keys) {
    const { name: repository = name, digest } = known(images, name);
    values.setIn(['images', key], { repository, digest });
  }
  return values.toString({ lineWidth: 0 });
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
    const found = known(images, name, `${name}:${tag}`);
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

async function pinChart(chart, digests) {
  const file = path.join(chart, 'values.yaml');
  const helpers = path.join(chart, 'templates/_helpers.tpl');
  const text = pinnedValues(
    await readFile(file, 'utf8'),
    await readFile(helpers, 'utf8'),
    JSON.parse(await readFile(digests, 'utf8')),
  );
  await writeFile(file, text);
  console.log(`✔ ${file}`);
}

async function main([folder, digests, more]) {
  if (folder === '--chart') {
    await pinChart(digests, more);
    return;
  }
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
