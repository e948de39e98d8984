import { createHash } from 'node:crypto';
import type { PageLayout } from '@agentworkloads/api';
import sharp from 'sharp';

/** Screenshots of pages without a browser: each text is a block in a colour of its own. */

export const WIDTH = 1280;

/** Red, green and blue, 0 to 255. */
export function colourOf(text: string): [number, number, number] {
  const [r, g, b] = createHash('sha256').update(text).digest();
  return [r, g, b];
}

/** @returns lossless WebP of the page as high as it is */
export async function paint(
  { runs, pageHeight }: PageLayout,
  text: string,
): Promise<Buffer> {
  const blocks = runs.map(({ box, start, end }) => {
    const colour = colourOf(text.slice(start, end)).join(',');
    return `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" fill="rgb(${colour})"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${pageHeight}"><rect width="100%" height="100%" fill="#fff"/>${blocks.join(
    '',
  )}</svg>`;
  return sharp(Buffer.from(svg)).webp({ lossless: true, effort: 0 }).toBuffer();
}
