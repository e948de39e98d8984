/** Two letters for a name: of its first two words, else the first two of the one; nothing of a name without letters. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const letters = (word: string, many: number) =>
    [...word].slice(0, many).join('');
  const [first = '', second] = words;
  const text = second
    ? `${letters(first, 1)}${letters(second, 1)}`
    : letters(first, 2);
  return text.toLocaleUpperCase();
}
