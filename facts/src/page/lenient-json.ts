/** JSON as sites write it: with comments and commas before a closing bracket. */
export function parseLenient(block: string): unknown {
  const attempts = [
    block,
    block
      .replace(/^\s*(?:<!--|\/\/<!\[CDATA\[|\/\*<!\[CDATA\[\*\/)/, '')
      .replace(/(?:-->|\/\/\]\]>|\/\*\]\]>\*\/)\s*$/, '')
      .replace(/,(\s*[}\]])/g, '$1')
      .replace(/[\u0000-\u001f]+/g, ' '),
  ];
  for (const attempt of attempts) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The next attempt is more forgiving; a block that stays unreadable says nothing.
    }
  }
  return undefined;
}
