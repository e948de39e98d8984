// Bundles what runs in the page, agents/src/page-script, into text: one script for each entry, which browsers get as it is.
import path from 'node:path';
import { build } from 'esbuild';

/** Entries of agents/src/page-script and the constants that hold their text. */
const ENTRIES = {
  COLLECT: 'collect',
  CONSENT: 'consent',
  CONTROLS: 'controls',
  FRAME_SIGHT: 'frame-sight',
  SCROLL: 'scroll',
};

/** The name by which what an entry exports is called. */
export const SCRIPT_NAME = 'pageScript';

async function bundled(folder, entry) {
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, `${entry}.ts`)],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: SCRIPT_NAME,
    target: 'es2023',
    charset: 'ascii',
    legalComments: 'none',
    // The text stands between backticks.
    supported: { 'template-literal': false },
  });
  // Which file a part comes from; the path is that of this machine's folder.
  const text = outputFiles[0].text.replace(/^ *\/\/ .*\n/gm, '').trim();
  if (/`|\$\{/.test(text))
    throw new Error(
      `agents/src/page-script/${entry}.ts: write no backtick and no "\${" in a string or a pattern there; the text stands between backticks`,
    );
  return text;
}

/** @returns the text of agents/src/page-script/bundled.ts */
export async function pageScripts(root) {
  const folder = path.join(root, 'agents/src/page-script');
  const constants = await Promise.all(
    Object.entries(ENTRIES).map(
      async ([name, entry]) =>
        `/** Of ${entry}.ts. */\nexport const ${name} = String.raw\`${await bundled(
          folder,
          entry,
        )}\`;\n`,
    ),
  );
  return `/* eslint-disable max-lines -- as long as the scripts are */
// Generated from the other files of this folder by \`npm run generate\`; do not edit.
// Each declares \`${SCRIPT_NAME}\`, which has what its entry exports.

${constants.join('\n')}`;
}
