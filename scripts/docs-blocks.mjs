// The commands, the code and the configuration of a page, out of its fenced blocks.

/**
 * @param page Markdown
 * @returns the text of each block that has a title, by it: ```yaml title="app-config.yaml", which TechDocs shows above the block
 * @throws Error where two blocks have one title: which of them is meant, nobody knows
 */
export function titledBlocks(page) {
  const blocks = new Map();
  for (const [, title, text] of page.matchAll(
    /^```\w+ title="([^"\n]+)"\n([\s\S]*?)^```$/gm,
  )) {
    if (blocks.has(title)) throw new Error(`two blocks are called ${title}`);
    blocks.set(title, text);
  }
  return blocks;
}
