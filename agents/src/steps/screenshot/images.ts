import type { Area } from '@agentworkloads/api';

/** A picture made from a screenshot, not stored yet. */
export interface Derived {
  file: string;
  kind: 'thumbnail-desktop' | 'thumbnail-mobile' | 'tile';
  body: Buffer;
  width: number;
  height: number;
  truncated: boolean;
}

/** Vision models scale larger pictures down and lose small print. */
export const TILE_SIDE = 1568;
const THUMBNAIL = {
  desktop: { width: 480, height: 600 },
  mobile: { width: 240, height: 520 },
};
/** A pixel bomb in a forged bundle must not take the memory: 4000 x 4000 is more than any shot of ours. */
const MAX_PIXELS = 4100 * 4100;

/** Loaded on use: it costs a third of a second, and only a step that makes pictures needs it. */
async function open(body: Buffer) {
  const { default: sharp } = await import('sharp');
  return sharp(body, { limitInputPixels: MAX_PIXELS });
}

/** The top of a shot, small: at most that wide and high, never enlarged. */
export async function thumbnail(
  shot: Buffer,
  device: 'desktop' | 'mobile',
): Promise<Derived> {
  const box = THUMBNAIL[device];
  const { width = 1, height = 1 } = await (await open(shot)).metadata();
  const targetWidth = Math.min(box.width, width);
  const fullHeight = Math.round((height * targetWidth) / width);
  const { data, info } = await (
    await open(shot)
  )
    .resize({
      width: targetWidth,
      height: Math.max(1, Math.min(box.height, fullHeight)),
      fit: 'cover',
      position: 'top',
      withoutEnlargement: true,
    })
    .webp({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  return {
    file: `thumbnail-${device}.webp`,
    kind: `thumbnail-${device}`,
    body: data,
    width: info.width,
    height: info.height,
    truncated: fullHeight > box.height,
  };
}

/** The shot cut into pieces from top to bottom, none with a side above {@link TILE_SIDE}. */
export async function tiles(shot: Buffer): Promise<Derived[]> {
  const { width = 1, height = 1 } = await (await open(shot)).metadata();
  const cut: Derived[] = [];
  for (const [index, area] of tileAreas(width, height).entries()) {
    const { data, info } = await (await open(shot))
      .extract(area)
      .webp({ quality: 85 })
      .toBuffer({ resolveWithObject: true });
    cut.push({
      file: `tile-${index}.webp`,
      kind: 'tile',
      body: data,
      width: info.width,
      height: info.height,
      truncated: false,
    });
  }
  return cut;
}

/**
 * Pieces of a shot at its own scale. The shot is read once for all of them.
 * @throws where it can't be read, or is not of the size that was recorded
 */
export async function pieces(
  shot: Buffer,
  recorded: { width: number; height: number },
  areas: readonly Area[],
): Promise<Buffer[]> {
  const { data, info } = await (await open(shot))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (width !== recorded.width || height !== recorded.height)
    throw new Error('It is not of the size that was recorded.');
  const { default: sharp } = await import('sharp');
  const cut: Buffer[] = [];
  for (const { left, top, width: wide, height: high } of areas)
    cut.push(
      await sharp(data, { raw: { width, height, channels } })
        .extract({ left, top, width: wide, height: high })
        .webp({ quality: 80 })
        .toBuffer(),
    );
  return cut;
}

/** Pieces of equal height, in reading order; they cover the picture and do not overlap. */
export function tileAreas(width: number, height: number): Area[] {
  const columns = Math.ceil(width / TILE_SIDE);
  const rows = Math.ceil(height / TILE_SIDE);
  const areas: Area[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const left = Math.round((width * column) / columns);
      const top = Math.round((height * row) / rows);
      areas.push({
        left,
        top,
        width: Math.round((width * (column + 1)) / columns) - left,
        height: Math.round((height * (row + 1)) / rows) - top,
      });
    }
  }
  return areas;
}
