import type { ContentNode, Piece } from './content-tree';

const INLINE =
  /^(?:a|abbr|b|bdi|cite|code|data|em|font|i|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)$/;

/** Characters that would make a heading, a list, a link, a table or HTML of a page's own words. */
export const escapeMarkdown = (text: string) =>
  text.replace(/[\\`*_[\]<>|#]/g, '\\$&');

const join = (parts: readonly string[]) =>
  parts.join(' ').replace(/\s+/g, ' ').trim();

interface Block {
  prefix: string;
  parts: string[];
}

function prefixOf(node: ContentNode): string | undefined {
  const level = /^h([1-6])$/.exec(node.tag)?.[1];
  if (level) return `${'#'.repeat(Number(level))} `;
  if (node.tag === 'li') return '- ';
  return undefined;
}

/** The kept text as Markdown: headings, lists, paragraphs, and a line for each row of a table. No links and no pictures. */
export function toMarkdown(
  root: ContentNode,
  kept: ReadonlySet<Piece>,
): string {
  const blocks: Block[] = [];
  let current: Block | undefined;
  const open = (prefix: string) => {
    current = { prefix, parts: [] };
    blocks.push(current);
  };
  const visit = (node: ContentNode, prefix: string) => {
    const own = prefixOf(node) ?? prefix;
    const cell = node.tag === 'td' || node.tag === 'th';
    const block = !INLINE.test(node.tag) && !cell;
    if (block) open(own);
    // Document order: pieces and children are numbered alike.
    const parts = [
      ...node.pieces.map(piece => ({ at: piece.index, piece })),
      ...node.children.map(child => ({ at: child.first, child })),
    ].sort((a, b) => a.at - b.at);
    for (const part of parts) {
      if ('child' in part) visit(part.child, own);
      else if (kept.has(part.piece)) {
        if (!current) open(own);
        current?.parts.push(escapeMarkdown(part.piece.text));
      }
    }
    if (cell) current?.parts.push('\\|');
    if (block) current = undefined;
  };
  visit(root, '');
  return blocks
    .map(({ prefix, parts }) => {
      const text = join(parts).replace(/(?:\s*\\\|)+$/, '');
      return text ? `${prefix}${text}` : '';
    })
    .filter(Boolean)
    .join('\n\n')
    .replace(/(^|\n)(- [^\n]*)\n\n(?=- )/g, '$1$2\n')
    .replace(/(\n- [^\n]*)\n\n(?=- )/g, '$1\n');
}
