import { createHash } from 'node:crypto';

/** @returns hex, of the text's UTF-8 */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * FNV-1a over UTF-16 units, twice from different starts: 16 hex digits. It tells "changed" from
 * "the same"; it protects nothing.
 */
export function changeHash(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ (unit + index), 0x85ebca6b);
  }
  return [first, second]
    .map(part => (part >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
