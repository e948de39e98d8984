/** What the first bytes of the three kinds of pictures say (the WHATWG's MIME Sniffing standard, 6.1). */
const KINDS: { type: string; begins: (signs: string) => boolean }[] = [
  {
    type: 'image/png',
    begins: signs => signs.startsWith('\x89PNG\r\n\x1a\n'),
  },
  { type: 'image/jpeg', begins: signs => signs.startsWith('\xff\xd8\xff') },
  { type: 'image/webp', begins: signs => /^RIFF[^]{4}WEBPVP/.test(signs) },
];

const LONGEST_BEGINNING = 14;

/** So many bytes become arguments of one call; browsers take about 65,000. */
const AT_ONCE = 32_768;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return text;
}

/**
 * Bytes as a `data:` URL, which every portal shows: `img-src 'self' data:` is Backstage's own Content Security Policy,
 * and refuses `blob:`.
 *
 * The bytes alone say what kind of picture it is. What is none of the three is refused, whatever it calls itself: an
 * SVG of a hostile page may hold script.
 *
 * @throws Error where the bytes are no PNG, JPEG or WebP
 */
export async function pictureUrl(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const beginning = latin1(bytes.subarray(0, LONGEST_BEGINNING));
  const kind = KINDS.find(({ begins }) => begins(beginning));
  if (!kind) throw new Error('This is no PNG, JPEG or WebP picture.');
  return `data:${kind.type};base64,${window.btoa(latin1(bytes))}`;
}
