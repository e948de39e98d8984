import { crc32, inflateRawSync } from 'node:zlib';

/** The files of an archive, found by its directory, each held against its checksum. */
export function unzipped(zip: Buffer): Record<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files: Record<string, Buffer> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26);
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    const bytes = inflateRawSync(packed);
    if (crc32(bytes) !== zip.readUInt32LE(at + 16)) {
      throw new Error(`${name} is damaged`);
    }
    files[name] = bytes;
    at += 46 + nameLength;
  }
  return files;
}
