// The commands, the code and the configuration of a page, out of its fenced blocks.

/**
 * @param page Markdown
 * @returns the text of each block by what stands after its language: "```yaml app-config.yaml" → "app-config.yaml"
 * @throws Error where two blocks have one title: which of them is meant, nobody knows
 */
export function titledBlocks(page) {
  const blocks = new Map();
  for (const [, title, text] of page.matchAll(
    /^```\w+ (\S[^\n]*)\n([\s\S]*?)^```$/gm,
  )) {
    if (blocks.has(title)) throw new Error(`two blocks are called ${title}`);
    blocks.set(title, text);
  }
  return blocks;
}
