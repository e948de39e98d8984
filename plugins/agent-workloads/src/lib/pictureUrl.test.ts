import { pictureUrl } from './pictureUrl';

const bytes = (text: string, type = '') =>
  new Blob([Uint8Array.from(text, sign => sign.charCodeAt(0))], { type });

describe('pictureUrl', () => {
  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF\0'],
    ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0'],
  ])(
    'knows %s by its first bytes, whatever it is called',
    async (type, text) => {
      await expect(pictureUrl(bytes(text, 'text/html'))).resolves.toBe(
        `data:${type};base64,${window.btoa(text)}`,
      );
    },
  );

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a sound in the same container', 'RIFF\x24\0\0\0WAVEfmt '],
    ['a picture that is cut after its first bytes', '\x89PNG'],
    ['nothing', ''],
  ])('refuses %s that calls itself a PNG', async (_, text) => {
    await expect(pictureUrl(bytes(text, 'image/png'))).rejects.toThrow(
      'no PNG, JPEG or WebP',
    );
  });
});
