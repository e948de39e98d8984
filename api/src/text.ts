import type { z } from 'zod';

/** Characters as the API server counts them for `maxLength`: code points, where `length` counts an emoji twice. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Bounds a text by what the API server counts, so that what it takes is read. `z.string().max()` counts UTF-16 units and will do
 * where the text is ASCII. Comes last: what is added after it loses the bound in the CRD.
 */
export function atMost(schema: z.ZodString, max: number): z.ZodString {
  return schema
    .refine(
      text => text.length <= max || characters(text) <= max,
      `must have at most ${max} characters`,
    )
    .meta({ maxLength: max });
}

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

// Controls, and marks that turn the direction of what follows.
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One line of visible characters, at most `max` of them. */
export function clean(text: string, max = 300): string {
  const line = text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(UNPRINTABLE, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}

/** A spreadsheet takes a cell that starts so for a formula; a word joiner before it is not seen and makes it text. */
export function inert(text: string): string {
  return /^[=+\-@]/.test(text) ? `\u2060${text}` : text;
}
