const PRIME = 0x100000001b3n;
const OFFSET = 0xcbf29ce484222325n;
const MASK = (1n << 64n) - 1n;

/**
 * FNV-1a over UTF-16 units, 16 hex digits. It tells "changed" from "the same"; it protects nothing.
 */
export function changeHash(text: string): string {
  let hash = OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * PRIME) & MASK;
  }
  return hash.toString(16).padStart(16, '0');
}
