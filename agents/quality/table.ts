/** Tables of docs/quality.md, before formatting. */

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

export const table = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
