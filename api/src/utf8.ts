/**
 * Bytes of a text in UTF-8, in browsers and in Node alike. Half a surrogate pair counts as the character U+FFFD,
 * which every writer puts in its place.
 */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code < 0x10000) bytes += 3;
    else bytes += 4;
  }
  return bytes;
}
