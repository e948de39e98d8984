import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

/** A picture that looks like a page from afar: a bar, a heading, cards. RGB, 8 bit. */
export function pagePicture(width: number, height: number, hue: number) {
  const rows: Buffer[] = [];
  const accent = [
    [18, 52, 59],
    [80, 40, 110],
    [150, 70, 20],
  ][hue % 3];
  for (let y = 0; y < height; y++) {
    const row = Buffer.alloc(1 + width * 3, 250);
    row[0] = 0;
    const v = y / height;
    for (let x = 0; x < width; x++) {
      const u = x / width;
      const bar = v < 0.06;
      const heading = v > 0.1 && v < 0.14 && u > 0.1 && u < 0.6;
      const card = v > 0.22 && v < 0.7 && (u * 3.3) % 1.1 > 0.15;
      const line =
        card && Math.floor(v * 60) % 3 === 0 && (u * 3.3) % 1.1 > 0.3;
      let colour = [250, 250, 250];
      if (bar || heading || line) {
        colour = accent;
      } else if (card) {
        colour = [228, 232, 236];
      }
      row.set(colour, 1 + x * 3);
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
