import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive: a path with slashes, and its bytes. */
export interface ZipFile {
  path: string;
  bytes: Buffer;
}

const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1980-01-01, the first day that the format knows: the same files give the same bytes. */
const DATE = 0x0021;

/** What the local header and the directory say alike of a file (APPNOTE 4.3.7 and 4.3.12). */
function said(name: Buffer, { bytes }: ZipFile, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

const signature = (last: string) => Buffer.from(`PK${last}`, 'latin1');

function directoryEntry(fields: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(VERSION);
  return Buffer.concat([signature('\x01\x02'), made, fields, rest, name]);
}

/** An archive that any program opens. For a few files of some megabytes: it is built in memory. */
export function zipOf(files: readonly ZipFile[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.path, 'utf8');
    const packed = deflateRawSync(file.bytes);
    const fields = said(name, file, packed);
    const entry = [signature('\x03\x04'), fields, name, packed];
    directory.push(directoryEntry(fields, name, offset));
    local.push(...entry);
    offset += entry.reduce((sum, { length }) => sum + length, 0);
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, ...directory, signature('\x05\x06'), end]);
}
