// Prints the shell commands of one section of a document, so that they can be run as they are written:
//   node scripts/doc-commands.mjs FILE HEADING [WORD=TEXT…]
// The `sh` blocks up to the next heading; each WORD, a placeholder of the document, becomes its TEXT.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param text the document, Markdown
 * @returns the lines of its `sh` blocks below that heading, without their indent
 */
export function commandsOf(text, heading) {
  const [, after] = text.split(new RegExp(`^#+ ${heading}$`, 'm'));
  if (after === undefined) throw new Error(`No heading "${heading}".`);
  const section = after.split(/^#+ /m)[0];
  const blocks = [...section.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)];
  if (blocks.length === 0)
    throw new Error(`No commands below the heading "${heading}".`);
  return blocks
    .map(([, indent, lines]) =>
      lines.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    )
    .join('');
}

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href) {
  const [file, heading, ...words] = process.argv.slice(2);
  let commands = commandsOf(await readFile(file, 'utf8'), heading);
  for (const word of words) {
    const [name, text] = word.split('=');
    commands = commands.replaceAll(name, text);
  }
  process.stdout.write(commands);
}
