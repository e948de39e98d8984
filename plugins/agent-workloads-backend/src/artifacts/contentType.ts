/** By the end of the key, never by what the store or the page says: objects hold what hostile sites sent. */
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webp: 'image/webp',
  png: 'image/png',
  jpg: 'image/jpeg',
};

export function contentTypeOf(key: string): string {
  const extension = /\.([a-z]+)$/.exec(key)?.[1] ?? '';
  return Object.hasOwn(TYPES, extension)
    ? TYPES[extension]
    : 'application/octet-stream';
}

/** Nothing of an object may run, load or be framed elsewhere, should a browser ever show it as a page. */
export const OBJECT_HEADERS: Record<string, string> = {
  'Content-Security-Policy':
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Accept-Ranges': 'bytes',
};
