/** Frames of the PostgreSQL protocol 3.0, as far as a server must tell them apart. */
export type Frame =
  | { kind: 'ssl-request' }
  | { kind: 'cancel-request' }
  | { kind: 'startup'; user: string; bytes: Buffer }
  | { kind: 'message'; type: string; bytes: Buffer };

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const PROTOCOL_3 = 196608;

/** Longer ones are taken for garbage. */
const MAX_LENGTH = 64 * 1024 * 1024;

export class ProtocolError extends Error {
  readonly name = 'ProtocolError';
}

/** Cuts a connection's bytes into frames; the first ones carry no type letter. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);
  private started = false;

  push(chunk: Buffer): Frame[] {
    this.rest = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    const frames: Frame[] = [];
    for (let frame = this.next(); frame; frame = this.next()) {
      frames.push(frame);
    }
    return frames;
  }

  private next(): Frame | undefined {
    const head = this.started ? 1 : 0;
    if (this.rest.length < head + 4) {
      return undefined;
    }
    const length = this.rest.readInt32BE(head) + head;
    if (length < head + 4 || length > MAX_LENGTH) {
      throw new ProtocolError(`a message of ${length} bytes`);
    }
    if (this.rest.length < length) {
      return undefined;
    }
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return this.started
      ? { kind: 'message', type: String.fromCharCode(bytes[0]), bytes }
      : this.first(bytes);
  }

  private first(bytes: Buffer): Frame {
    const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0;
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      return { kind: 'ssl-request' };
    }
    if (code === CANCEL_REQUEST) {
      return { kind: 'cancel-request' };
    }
    if (code !== PROTOCOL_3) {
      throw new ProtocolError('not protocol 3.0');
    }
    this.started = true;
    const words = bytes.subarray(8).toString('utf8').split('\0');
    return { kind: 'startup', user: words[words.indexOf('user') + 1], bytes };
  }
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** AuthenticationCleartextPassword; the connection never leaves the machine. */
export function askPassword(): Buffer {
  const code = Buffer.alloc(4);
  code.writeInt32BE(3);
  return message('R', code);
}

/** The password of a PasswordMessage. */
export function passwordOf(bytes: Buffer): string {
  return bytes.subarray(5, bytes.length - 1).toString('utf8');
}

export function errorResponse(
  code: string,
  text: string,
  severity = 'FATAL',
): Buffer {
  const fields = `S${severity}\0V${severity}\0C${code}\0M${text}\0\0`;
  return message('E', Buffer.from(fields));
}

/** State of the session in the last ReadyForQuery of an answer: I(dle), T(ransaction), E(rror); undefined without one. */
export function transactionState(answer: Uint8Array): string | undefined {
  const end = answer.length;
  // ReadyForQuery is always the last message and always these six bytes.
  return end >= 6 && answer[end - 6] === 0x5a && answer[end - 2] === 5
    ? String.fromCharCode(answer[end - 1])
    : undefined;
}
